"""Waits for the clean-up of a daemon thread for one second, and no longer.

Misconception: M24
Fails Heartbeat-clean_up: had been beaten when stop() returned
"""

import threading


class Heartbeat:
    def __init__(self, beat, interval):
        self.b = beat
        self.i = interval
        self.e = threading.Event()
        self.t = None

    def start(self):
        self.t = threading.Thread(target=self.go, daemon=True)
        self.t.start()

    def go(self):
        self.b("alive")
        while not self.e.wait(self.i):
            self.b("alive")
        self.b("gone")

    def stop(self):
        self.e.set()
        if self.t:
            self.t.join(timeout=1)
