"""Waits for a sign that the thread gives after its clean-up, and not for its end.

Misconception: M24
Fails Heartbeat-clean_up: the number of threads left when stop() had returned is 1
"""

from threading import Event, Thread


class Heartbeat:
    def __init__(self, beat, interval):
        self.beat, self.interval = beat, interval
        self.told, self.over = Event(), Event()
        self.over.set()

    def start(self):
        self.over.clear()
        Thread(target=self.run, daemon=True).start()

    def run(self):
        self.beat("alive")
        while not self.told.wait(self.interval):
            self.beat("alive")
        self.beat("gone")
        self.over.set()

    def stop(self):
        self.told.set()
        self.over.wait()
