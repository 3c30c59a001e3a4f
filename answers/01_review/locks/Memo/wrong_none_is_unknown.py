"""Takes a value of None for a key that is not known yet.

Misconception: None is no value
Fails Memo-any_value: How do you tell None from unknown?
"""

from threading import Lock


class Memo:
    def __init__(self, compute):
        self.compute, self.known, self.locks = compute, {}, {}

    def get(self, key):
        with self.locks.setdefault(key, Lock()):
            value = self.known.get(key)
            if value is None:
                value = self.known[key] = self.compute(key)
            return value
