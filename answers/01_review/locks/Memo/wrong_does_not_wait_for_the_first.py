"""Whoever comes second gets what is there, even if that is nothing yet.

Misconception: what has begun is done
Fails Memo-once: what all three got is
Fails Memo-another_key: returned is [2, None]
Fails Memo-errors: ended with is None
"""

from threading import Lock


class Memo:
    def __init__(self, compute):
        self.compute, self.known, self.begun, self.lock = compute, {}, set(), Lock()

    def get(self, key):
        with self.lock:
            first = key not in self.begun
            self.begun.add(key)
        if first:
            self.known[key] = self.compute(key)
        return self.known.get(key)
