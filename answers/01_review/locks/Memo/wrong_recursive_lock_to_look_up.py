"""Computes keys beside each other, but has those that are known wait for a lock that is held meanwhile.

Misconception: M19
Fails Memo-different_keys: 1 compute at the same time
"""

from threading import Condition


class Memo:
    def __init__(self, compute):
        self.compute, self.known, self.changed = compute, {}, Condition()

    def get(self, key):
        with self.changed:
            while key not in self.known:
                self.known[key] = self.compute(key)
                self.changed.notify_all()
            return self.known[key]
