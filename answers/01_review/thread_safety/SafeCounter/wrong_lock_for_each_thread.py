"""Gives each thread a lock of its own.

Misconception: M12
Fails SafeCounter-nothing_lost: counter.value is 1; each thread holds another lock while value
"""

import threading


class SafeCounter:
    def __init__(self):
        self.value = 0
        self.mine = threading.local()

    def increment(self):
        if not hasattr(self.mine, "lock"):
            self.mine.lock = threading.RLock()
        with self.mine.lock:
            self.value += 1
