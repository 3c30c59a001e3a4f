"""Gives the lock back only if nothing is raised.

Misconception: M15
Fails SafeCounter-interrupted: still holds, although it raised KeyboardInterrupt
"""

from threading import Lock


class SafeCounter:
    def __init__(self):
        self.value = 0
        self._lock = Lock()

    def increment(self):
        self._lock.acquire()
        self.value += 1
        self._lock.release()
