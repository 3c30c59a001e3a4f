"""Gives the steps of each thread in a list of its own.

Misconception: the order between the threads does not matter
Fails losing_schedule-possible: a list of six texts
Fails losing_schedule-loses: a list of six texts
"""

losing_schedule = [["A reads", "A adds", "A writes"], ["B reads", "B adds", "B writes"]]
