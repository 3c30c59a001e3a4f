"""Appends to a list, which is one step, and counts what is in it."""


class SafeCounter:
    def __init__(self):
        self._ticks = []

    def increment(self):
        self._ticks.append(None)

    @property
    def value(self):
        return len(self._ticks)
