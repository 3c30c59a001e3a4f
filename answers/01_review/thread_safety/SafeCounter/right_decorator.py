"""A decorator that runs methods under the lock of their object."""

import functools
import threading


def synchronised(method):
    @functools.wraps(method)
    def inner(self, *arguments, **named):
        with self._lock:
            return method(self, *arguments, **named)

    return inner


class SafeCounter:
    def __init__(self):
        self._lock = threading.RLock()
        self._value = 0

    @property
    @synchronised
    def value(self):
        return self._value

    @synchronised
    def increment(self):
        self._value = self.value + 1
