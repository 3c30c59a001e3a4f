"""start() returns when the first beat is done.

Misconception: a thread has only begun when it has done something
Fails Heartbeat-interval: how long start() took, in seconds, with a beat that takes 60, is 60.0
"""

from threading import Event, Thread


class Heartbeat:
    def __init__(self, beat, interval):
        self.beat, self.interval = beat, interval
        self.told, self.beats = Event(), Event()
        self.thread = None

    def start(self):
        self.thread = Thread(target=self.run)
        self.thread.start()
        self.beats.wait()

    def run(self):
        self.beat("alive")
        self.beats.set()
        while not self.told.wait(self.interval):
            self.beat("alive")
        self.beat("gone")

    def stop(self):
        if self.thread is not None:
            self.told.set()
            self.thread.join()
