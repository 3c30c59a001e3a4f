"""Makes a lock in each call.

Misconception: M12
Fails SafeCounter-nothing_lost: counter.value is 1; each thread holds another lock while value
"""

import threading


class SafeCounter:
    def __init__(self):
        self.value = 0

    def increment(self):
        with threading.Lock():
            self.value += 1
