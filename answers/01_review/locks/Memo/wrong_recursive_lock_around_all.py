"""Holds its recursive lock while it computes.

Misconception: M19
Fails Memo-different_keys: 1 compute at the same time
"""

from threading import RLock


class Memo:
    def __init__(self, compute):
        self.compute, self.known, self.lock = compute, {}, RLock()

    def get(self, key):
        with self.lock:
            if key not in self.known:
                self.known[key] = self.compute(key)
            return self.known[key]
