"""Loses the update by leaving out that B writes.

Misconception: a thread may stop in the middle
Fails losing_schedule-possible: 'B writes' is missing
Fails losing_schedule-loses: 'B writes' is missing
"""

losing_schedule = ["A reads", "A adds", "A writes", "B reads", "B adds"]
