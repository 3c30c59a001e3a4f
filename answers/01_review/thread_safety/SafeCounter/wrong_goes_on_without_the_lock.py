"""Waits a while for the lock and then goes on without it.

Misconception: a time-out is a permission
Fails SafeCounter-nothing_lost: counter.value is 1
"""

from threading import Lock


class SafeCounter:
    def __init__(self):
        self.value = 0
        self._lock = Lock()

    def increment(self):
        mine = self._lock.acquire(blocking=False)
        self.value += 1
        if mine:
            self._lock.release()
