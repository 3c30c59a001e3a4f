"""Reads the property, which takes the lock, while it holds the lock.

Misconception: M17
Fails SafeCounter-counts: asks
Fails SafeCounter-nothing_lost: for a lock that it holds already
Fails SafeCounter-apart: for a lock that it holds already
Fails SafeCounter-interrupted: for a lock that it holds already
"""

from threading import Lock


class SafeCounter:
    def __init__(self):
        self._number = 0
        self._lock = Lock()

    @property
    def value(self):
        with self._lock:
            return self._number

    def increment(self):
        with self._lock:
            self._number = self.value + 1
