"""A property that locks each reading and each writing, but not what lies between.

Misconception: M16
Fails SafeCounter-nothing_lost: the lock that guards _value is given back between its use
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
