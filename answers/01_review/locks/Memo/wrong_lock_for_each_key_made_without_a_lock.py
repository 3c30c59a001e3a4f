"""Has a lock for each key, but two threads may each make one for the same key.

Misconception: M16
Fails Memo-once: the list of keys computed is ['a', 'a']
Fails Memo-another_key: the list of keys computed is [0, 1, 1, 2]
"""

from threading import Lock


class Memo:
    def __init__(self, compute):
        self.compute, self.known, self.locks = compute, {}, {}

    def get(self, key):
        if key not in self.locks:
            self.locks[key] = Lock()
        with self.locks[key]:
            if key not in self.known:
                self.known[key] = self.compute(key)
            return self.known[key]
