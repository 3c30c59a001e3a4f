"""Wakes one of those who wait for a key, with `notify` where all of them can go on.

Misconception: notify() for notify_all()
Fails Memo-once: waits for ever
"""

import threading


class Memo:
    def __init__(self, compute):
        self._compute = compute
        self._values, self._busy = {}, set()
        self._news = threading.Condition()

    def get(self, key):
        with self._news:
            self._news.wait_for(lambda: key not in self._busy)
            if key in self._values:
                return self._values[key]
            self._busy.add(key)
        try:
            value = self._compute(key)
            with self._news:
                self._values[key] = value
        finally:
            with self._news:
                self._busy.remove(key)
                self._news.notify()
        return value
