"""Returns before it gives the lock back.

Misconception: M15
Fails SafeCounter-counts: SafeCounter.increment() ended and still holds
Fails SafeCounter-nothing_lost: still holds
Fails SafeCounter-apart: SafeCounter.increment() ended and still holds
Fails SafeCounter-interrupted: still holds
"""

from threading import Lock


class SafeCounter:
    def __init__(self):
        self.value = 0
        self._lock = Lock()

    def increment(self):
        self._lock.acquire()
        self.value += 1
        return self.value
        self._lock.release()
