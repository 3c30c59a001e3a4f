"""Keeps the lock of each counter in a table of the module."""

import threading
import weakref

_locks = weakref.WeakKeyDictionary()
_guard = threading.Lock()


def lock_of(thing):
    with _guard:
        if thing not in _locks:
            _locks[thing] = threading.Lock()
        return _locks[thing]


class SafeCounter:
    def __init__(self):
        self.value = 0

    def increment(self):
        with lock_of(self):
            self.value += 1
