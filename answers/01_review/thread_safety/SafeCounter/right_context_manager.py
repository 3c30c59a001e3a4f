"""Keeps the locking in a context manager of its own."""

from contextlib import contextmanager
from threading import BoundedSemaphore


class SafeCounter:
    __slots__ = ("_free", "_value")

    def __init__(self):
        self._value = 0
        self._free = BoundedSemaphore(1)

    @contextmanager
    def _alone(self):
        self._free.acquire()
        try:
            yield
        finally:
            self._free.release()

    def increment(self):
        with self._alone():
            self._value += 1

    value = property(lambda self: self._value)
