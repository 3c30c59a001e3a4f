"""Writes the steps in words of its own.

Misconception: any spelling will do
Fails losing_schedule-possible: the step 'A read'
Fails losing_schedule-loses: the step 'A read'
"""

losing_schedule = ["A read", "B read", "A add", "B add", "A write", "B write"]
