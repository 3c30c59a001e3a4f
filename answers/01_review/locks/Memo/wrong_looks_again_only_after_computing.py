"""Computes without the lock, and nobody else knows that it does.

Misconception: M16
Fails Memo-once: the list of keys computed is ['a', 'a', 'a']
Fails Memo-another_key: the list of keys computed is
"""

from threading import Lock


class Memo:
    def __init__(self, compute):
        self.compute, self.known, self.lock = compute, {}, Lock()

    def get(self, key):
        with self.lock:
            if key in self.known:
                return self.known[key]
        value = self.compute(key)
        with self.lock:
            return self.known.setdefault(key, value)
