"""The thread waits for a message in a queue, with the interval as its time-out."""

import queue
from threading import Thread


class Heartbeat:
    def __init__(self, beat, interval):
        self.beat = beat
        self.interval = interval
        self.messages = queue.SimpleQueue()
        self.thread = None

    def start(self):
        self.thread = Thread(target=self._live)
        self.thread.start()

    def stop(self):
        if self.thread is None:
            return
        self.messages.put("stop")
        self.thread.join()
        self.thread = None

    def _live(self):
        while True:
            self.beat("alive")
            try:
                self.messages.get(timeout=self.interval)
            except queue.Empty:
                continue
            self.beat("gone")
            return
