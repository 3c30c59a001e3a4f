"""Lets the next one in only if nothing is raised.

Misconception: M15
Fails SafeCounter-interrupted: waits for ever
"""

from threading import Semaphore


class SafeCounter:
    def __init__(self):
        self._value = 0
        self._free = Semaphore(1)

    @property
    def value(self):
        return self._value

    def increment(self):
        self._free.acquire()
        number = self._value
        self._value = number + 1
        self._free.release()
