"""Draws from `itertools.count`, which is one step, and looks at where it stands."""

from itertools import count


class SafeCounter:
    def __init__(self):
        self._numbers = count()

    def increment(self):
        next(self._numbers)

    @property
    def value(self):
        return int(repr(self._numbers)[len("count(") : -1])
