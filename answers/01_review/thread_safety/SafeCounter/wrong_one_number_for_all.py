"""Keeps the number in the class, where all counters share it.

Misconception: an attribute of the class belongs to each object
Fails SafeCounter-apart: [3, 3]
"""

from threading import Lock


class SafeCounter:
    _lock = Lock()
    _numbers = [0]

    @property
    def value(self):
        return self._numbers[0]

    def increment(self):
        with self._lock:
            self._numbers[0] += 1
