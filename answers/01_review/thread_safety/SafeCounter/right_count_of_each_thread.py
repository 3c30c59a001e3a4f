"""Gives each thread a number of its own, which nobody else writes, and adds them up when asked."""

from threading import get_ident


class SafeCounter:
    def __init__(self):
        self._counts = {}

    def increment(self):
        me = get_ident()
        self._counts[me] = self._counts.get(me, 0) + 1

    @property
    def value(self):
        return sum(self._counts.values())
