"""Keeps the exception as if it were the value.

Misconception: an exception is a value like any other
Fails Memo-errors: PageDown reaches the caller
"""

from threading import Lock


class Memo:
    def __init__(self, compute):
        self.compute, self.known, self.locks = compute, {}, {}

    def get(self, key):
        with self.locks.setdefault(key, Lock()):
            if key not in self.known:
                try:
                    self.known[key] = self.compute(key)
                except Exception as error:
                    self.known[key] = error
            return self.known[key]
