"""A small object for each key, put into the dict by `setdefault`, which is one step."""

from threading import Lock

UNKNOWN = object()


class Slot:
    def __init__(self):
        self.lock = Lock()
        self.value = UNKNOWN

    def fill(self, compute, key):
        with self.lock:
            if self.value is UNKNOWN:
                self.value = compute(key)
            return self.value


class Memo:
    def __init__(self, compute):
        self._compute = compute
        self._slots = {}

    def get(self, key):
        return self._slots.setdefault(key, Slot()).fill(self._compute, key)
