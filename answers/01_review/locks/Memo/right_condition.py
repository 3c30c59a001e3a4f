"""One condition for the memo; the keys that are being computed are in a set."""

from threading import Condition


class Memo:
    def __init__(self, compute):
        self.compute, self.values = compute, {}
        self.busy, self.changed = set(), Condition()

    def get(self, key):
        with self.changed:
            while key in self.busy:
                self.changed.wait()
            if key in self.values:
                return self.values[key]
            self.busy.add(key)
        try:
            value = self.compute(key)
        except Exception:
            with self.changed:
                self.busy.remove(key)
                self.changed.notify_all()
            raise
        with self.changed:
            self.values[key] = value
            self.busy.remove(key)
            self.changed.notify_all()
        return value
