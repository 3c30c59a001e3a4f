"""The order of the example: A has ended before B begins.

Misconception: two threads that write are enough to lose an update
Fails losing_schedule-loses: the counter is 2 at the end
"""

losing_schedule = ["A reads", "A adds", "A writes", "B reads", "B adds", "B writes"]
