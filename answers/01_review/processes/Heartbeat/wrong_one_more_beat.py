"""Beats once more after it was told to end.

Misconception: one for the road
Fails Heartbeat-beats: 'alive', 'alive', 'alive', 'alive', 'gone'
Fails Heartbeat-interval: [0.0, 10.0, 20.0, 25.0]
Fails Heartbeat-clean_up: ['alive', 'alive', 'gone']
Fails Heartbeat-stop_again: ['alive', 'alive', 'gone']
Fails Heartbeat-of_its_own: ['alive', 'alive', 'gone']
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
        while not self.e.is_set():
            self.b("alive")
            self.e.wait(self.i)
        self.b("alive")
        self.b("gone")

    def stop(self):
        self.e.set()
        if self.t:
            self.t.join()
