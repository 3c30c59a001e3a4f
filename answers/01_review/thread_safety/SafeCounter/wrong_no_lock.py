"""Adds without a lock.

Misconception: += is one step
Fails SafeCounter-nothing_lost: counter.value is 1; no lock is held while value
"""


class SafeCounter:
    def __init__(self):
        self.value = 0

    def increment(self):
        self.value += 1
