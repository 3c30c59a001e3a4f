"""A property that locks each reading and each writing, but not what lies between.

Misconception: M16
Fails SafeCounter-nothing_lost: counter.value is 1
"""

from threading import Lock


class SafeCounter:
    def __init__(self):
        self._lock = Lock()
        self._value = 0

    @property
    def value(self):
        with self._lock:
            return self._value

    @value.setter
    def value(self, number):
        with self._lock:
            self._value = number

    def increment(self):
        self.value += 1
