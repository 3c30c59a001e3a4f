"""Keeps values and exceptions in the same place, and raises whatever is an exception.

Misconception: takes a value for an error
Fails Memo-any_value: raised ValueError('just a value')
"""

from threading import Lock


class Memo:
    def __init__(self, compute):
        self._compute = compute
        self._outcomes, self._locks, self._lock = {}, {}, Lock()

    def get(self, key):
        with self._lock:
            lock = self._locks.setdefault(key, Lock())
        with lock:
            if key not in self._outcomes:
                try:
                    self._outcomes[key] = self._compute(key)
                except Exception as error:
                    self._outcomes[key] = error
        outcome = self._outcomes[key]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome
