"""Asks for the lock with a time-out, again and again until it has it."""

from threading import Lock


class SafeCounter:
    def __init__(self):
        self.value, self.lock = 0, Lock()

    def increment(self):
        while not self.lock.acquire(timeout=0.5):
            pass
        try:
            self.value += 1
        finally:
            self.lock.release()
