"""An event for each key that is being computed; whoever wakes up looks again."""

import threading


class Memo:
    def __init__(self, compute):
        self._compute = compute
        self._values = {}
        self._events = {}
        self._lock = threading.Lock()

    def get(self, key):
        while True:
            with self._lock:
                if key in self._values:
                    return self._values[key]
                if key not in self._events:
                    self._events[key] = threading.Event()
                    break
                event = self._events[key]
            event.wait()
        try:
            value = self._compute(key)
            with self._lock:
                self._values[key] = value
            return value
        finally:
            with self._lock:
                self._events.pop(key).set()
