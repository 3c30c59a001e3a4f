"""Waits for the lock for a minute; if it does not come by then, nothing is counted.

Misconception: a time-out is long enough
Fails SafeCounter-nothing_lost: What becomes of a call when another thread takes very long?
"""

from threading import Lock


class SafeCounter:
    def __init__(self):
        self.value = 0
        self._lock = Lock()

    def increment(self):
        if not self._lock.acquire(timeout=60):
            return
        try:
            self.value += 1
        finally:
            self._lock.release()
