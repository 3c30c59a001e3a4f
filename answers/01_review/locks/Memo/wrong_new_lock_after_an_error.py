"""Throws the lock of a key away after each call: who waited for it and who comes later then hold two.

Misconception: M12
Fails Memo-errors: the list of keys computed is ['a', 'a', 'a']
"""

import threading


class Memo:
    def __init__(self, compute):
        self._compute = compute
        self._values, self._locks = {}, {}
        self._table = threading.Lock()

    def get(self, key):
        with self._table:
            lock = self._locks.setdefault(key, threading.Lock())
        with lock:
            try:
                if key not in self._values:
                    self._values[key] = self._compute(key)
                return self._values[key]
            finally:
                with self._table:
                    self._locks.pop(key, None)
