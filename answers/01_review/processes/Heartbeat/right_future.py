"""The order to stop is a future, for whose result the thread waits."""

from concurrent.futures import Future, TimeoutError, wait
from threading import Thread


class Heartbeat:
    def __init__(self, beat, interval):
        self.told = Future()
        self.beat = beat
        self.interval = interval
        self.thread = None

    def start(self):
        self.thread = Thread(target=self.run)
        self.thread.start()

    def run(self):
        self.beat("alive")
        while True:
            try:
                self.told.result(timeout=self.interval)
                break
            except TimeoutError:
                self.beat("alive")
        self.beat("gone")

    def stop(self):
        if not self.told.done():
            self.told.set_result(None)
        if self.thread:
            self.thread.join()
