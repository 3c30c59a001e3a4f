"""Has A write before it adds.

Misconception: a scheduler may change the order within a thread
Fails losing_schedule-possible: A writes before it adds
Fails losing_schedule-loses: A writes before it adds
"""

losing_schedule = ["A reads", "B reads", "A writes", "A adds", "B adds", "B writes"]
