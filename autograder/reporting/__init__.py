"""What people read about graded submissions: a feedback page for each, a report and a summary of an assignment.

Everything is made of the gradebook and of `autograded/`; nothing is graded here, and no submission is run.
"""
