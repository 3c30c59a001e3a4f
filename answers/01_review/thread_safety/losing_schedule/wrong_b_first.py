"""B has ended before A begins.

Misconception: the order of the threads decides
Fails losing_schedule-loses: can happen, but does no harm
"""

losing_schedule = ["B reads", "B adds", "B writes", "A reads", "A adds", "A writes"]
