"""Uses a Condition as its lock."""

from threading import Condition


class SafeCounter:
    def __init__(self):
        self._number = 0
        self._changed = Condition()

    def increment(self):
        with self._changed:
            self._number += 1
            self._changed.notify_all()

    @property
    def value(self):
        with self._changed:
            return self._number
