"""Trusts `functools.cache`, which computes a key again for whoever asks meanwhile.

Misconception: what is safe for threads computes only once
Fails Memo-once: the list of keys computed is ['a', 'a', 'a']
Fails Memo-another_key: the list of keys computed is [0, 0, 1, 1, 2]
"""

from functools import cache


class Memo:
    def __init__(self, compute):
        self.get = cache(compute)
