"""A chain of timers, each a thread of its own; the goodbye is said by the caller of `stop`.

Misconception: a timer is a heartbeat
Fails Heartbeat-clean_up: the number of beats by the caller is 1
Fails Heartbeat-prompt: What if stop() is called in the moment before the thread begins to
"""

import threading


class Heartbeat:
    def __init__(self, beat, interval):
        self._beat, self._interval = beat, interval
        self._timer = None

    def start(self):
        self._timer = threading.Timer(0, self._tick)
        self._timer.start()

    def _tick(self):
        self._timer = threading.Timer(self._interval, self._tick)
        self._timer.start()
        self._beat("alive")

    def stop(self):
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
            self._timer = None
            self._beat("gone")
