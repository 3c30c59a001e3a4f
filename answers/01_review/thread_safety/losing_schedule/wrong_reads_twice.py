"""Has A read once more.

Misconception: a step may be repeated
Fails losing_schedule-possible: 'A reads' comes 2 times
Fails losing_schedule-loses: 'A reads' comes 2 times
"""

losing_schedule = ["A reads", "B reads", "B adds", "B writes", "A reads", "A adds", "A writes"]
