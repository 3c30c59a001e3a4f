"""A future for each key: the one who makes it computes, the others ask it for its result."""

from concurrent.futures import Future
from threading import Lock


class Memo:
    def __init__(self, compute):
        self._compute = compute
        self._futures = {}
        self._lock = Lock()

    def get(self, key):
        with self._lock:
            future = self._futures.get(key)
            mine = future is None
            if mine:
                future = self._futures[key] = Future()
        if mine:
            try:
                future.set_result(self._compute(key))
            except BaseException as error:
                future.set_exception(error)
        return future.result()
