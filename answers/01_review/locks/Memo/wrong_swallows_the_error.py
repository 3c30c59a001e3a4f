"""Returns None for a key that cannot be computed.

Misconception: an error that nobody sees does no harm
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
                except Exception:
                    self.known[key] = None
            return self.known[key]
