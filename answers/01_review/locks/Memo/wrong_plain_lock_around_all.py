"""Holds its plain lock while it computes.

Misconception: M17, M19
Fails Memo-another_key: for a lock that it holds already
Fails Memo-different_keys: 1 compute at the same time
"""

from threading import Lock


class Memo:
    def __init__(self, compute):
        self.compute, self.known, self.lock = compute, {}, Lock()

    def get(self, key):
        with self.lock:
            if key not in self.known:
                self.known[key] = self.compute(key)
            return self.known[key]
