"""Hands on only the exceptions that it has thought of; after another one, the rest waits for ever.

Misconception: lists what may go wrong
Fails Memo-errors: waits for ever
"""

from concurrent.futures import Future
from threading import Lock


class Memo:
    def __init__(self, compute):
        self._compute, self._futures, self._lock = compute, {}, Lock()

    def get(self, key):
        mine = Future()
        with self._lock:
            future = self._futures.setdefault(key, mine)
        if future is mine:
            try:
                future.set_result(self._compute(key))
            except (OSError, ValueError, TypeError, KeyError) as error:
                future.set_exception(error)
        return future.result()
