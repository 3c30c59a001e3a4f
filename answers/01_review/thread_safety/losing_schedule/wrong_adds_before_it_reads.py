"""Has B add before it reads.

Misconception: a scheduler may change the order within a thread
Fails losing_schedule-possible: B adds before it reads
Fails losing_schedule-loses: B adds before it reads
"""

losing_schedule = ["A reads", "B adds", "A adds", "B reads", "A writes", "B writes"]
