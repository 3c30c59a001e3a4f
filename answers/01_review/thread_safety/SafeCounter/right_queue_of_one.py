"""Keeps the number in a queue of one place: whoever has taken it out is alone with it."""

from queue import Queue


class SafeCounter:
    def __init__(self):
        self._box = Queue(maxsize=1)
        self._box.put(0)

    def increment(self):
        number = self._box.get()
        try:
            number = number + 1
        finally:
            self._box.put(number)

    @property
    def value(self):
        number = self._box.get()
        self._box.put(number)
        return number
