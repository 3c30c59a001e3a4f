"""Reads under one lock and writes under another.

Misconception: M13
Fails SafeCounter-nothing_lost: counter.value is 1; value is guarded by one lock at
"""

from threading import Lock


class SafeCounter:
    def __init__(self):
        self.value = 0
        self.reading = Lock()
        self.writing = Lock()

    def increment(self):
        with self.reading:
            before = self.value
        with self.writing:
            self.value = before + 1
