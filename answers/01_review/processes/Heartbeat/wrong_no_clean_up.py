"""Ends without its clean-up.

Misconception: M24
Fails Heartbeat-beats: is ['alive', 'alive', 'alive']
Fails Heartbeat-clean_up: is ['alive']
Fails Heartbeat-stop_again: is ['alive']
Fails Heartbeat-of_its_own: is ['alive']
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

    def stop(self):
        self.e.set()
        if self.t:
            self.t.join()
