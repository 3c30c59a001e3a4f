"""Sets the event of a key only when it could be computed.

Misconception: M15
Fails Memo-errors: waits for ever
"""

from threading import Event, Lock


class Memo:
    def __init__(self, compute):
        self.compute, self.known, self.events, self.lock = compute, {}, {}, Lock()

    def get(self, key):
        with self.lock:
            first = key not in self.events
            event = self.events.setdefault(key, Event())
        if first:
            self.known[key] = self.compute(key)
            event.set()
        event.wait()
        return self.known[key]
