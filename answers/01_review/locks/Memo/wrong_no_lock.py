"""Looks and computes without a lock.

Misconception: M16
Fails Memo-once: the list of keys computed is ['a', 'a', 'a']
Fails Memo-another_key: the list of keys computed is
"""


class Memo:
    def __init__(self, compute):
        self.compute, self.known = compute, {}

    def get(self, key):
        if key not in self.known:
            self.known[key] = self.compute(key)
        return self.known[key]
