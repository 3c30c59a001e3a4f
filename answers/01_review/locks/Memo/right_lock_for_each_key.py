"""A lock for each key, found under a lock that is held for that only."""

import threading
from collections import defaultdict


class Memo:
    def __init__(self, compute):
        self.compute = compute
        self.known = {}
        self.guard = threading.Lock()
        self.locks = defaultdict(threading.RLock)

    def get(self, key):
        if key in self.known:
            return self.known[key]
        with self.guard:
            lock = self.locks[key]
        with lock:
            try:
                return self.known[key]
            except KeyError:
                pass
            value = self.compute(key)
            self.known[key] = value
            return value
