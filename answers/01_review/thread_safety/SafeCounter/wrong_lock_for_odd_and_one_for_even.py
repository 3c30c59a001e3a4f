"""Takes turns between two locks, so that nobody has to wait for long.

Misconception: M13
Fails SafeCounter-nothing_lost: no lock is held while value is read or written at line
"""

from threading import Lock


class SafeCounter:
    def __init__(self):
        self.value = 0
        self.locks = [Lock(), Lock()]

    def increment(self):
        with self.locks[self.value % 2]:
            self.value += 1
