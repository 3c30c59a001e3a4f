"""Has a lock for each key, and one more for all that compute.

Misconception: M19
Fails Memo-different_keys: 1 compute at the same time
"""

from threading import Lock, RLock


class Memo:
    def __init__(self, compute):
        self.compute, self.known = compute, {}
        self.locks, self.computing = {}, RLock()

    def get(self, key):
        if key in self.known:
            return self.known[key]
        with self.computing, self.locks.setdefault(key, Lock()):
            if key not in self.known:
                self.known[key] = self.compute(key)
            return self.known[key]
