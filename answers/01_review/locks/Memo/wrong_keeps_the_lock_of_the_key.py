"""Takes the lock of the key by hand and keeps it when `compute` raises.

Misconception: M15
Fails Memo-errors: still holds, although it raised PageDown('the page is down')
"""

from threading import Lock


class Memo:
    def __init__(self, compute):
        self.compute, self.known, self.locks = compute, {}, {}

    def get(self, key):
        lock = self.locks.setdefault(key, Lock())
        lock.acquire()
        if key not in self.known:
            self.known[key] = self.compute(key)
        lock.release()
        return self.known[key]
