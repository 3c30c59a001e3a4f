"""Computes each time.

Misconception: the values of earlier calls are somewhere
Fails Memo-remembers: the list of keys computed is ['a', 'b', 'a']
Fails Memo-any_value: the list of keys computed is
Fails Memo-once: the list of keys computed is ['a', 'a', 'a']
Fails Memo-another_key: the list of keys computed is
Fails Memo-different_keys: had returned by the end of
Fails Memo-errors: the list of keys computed is ['a', 'a', 'a']
"""


class Memo:
    def __init__(self, compute):
        self.compute = compute

    def get(self, key):
        return self.compute(key)
