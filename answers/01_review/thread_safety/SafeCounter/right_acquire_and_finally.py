"""Takes the lock by hand and gives it back in a `finally`."""

import threading


class SafeCounter:
    def __init__(self):
        self.value = 0
        self.lock = threading.Lock()

    def increment(self):
        self.lock.acquire()
        try:
            before = self.value
            self.value = before + 1
        finally:
            self.lock.release()
