"""One worker of a pool beats by the clock, so that a slow `beat` does not put off the next."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event


class Heartbeat:
    def __init__(self, beat, interval):
        self._beat = beat
        self._interval = interval
        self._stop = Event()
        self._pool = None

    def start(self):
        self._pool = ThreadPoolExecutor(max_workers=1)
        self._pool.submit(self._loop)

    def stop(self):
        self._stop.set()
        if self._pool is not None:
            self._pool.shutdown(wait=True)

    def _loop(self):
        due = time.monotonic()
        while True:
            self._beat("alive")
            due += self._interval
            if self._stop.wait(timeout=max(0, due - time.monotonic())):
                break
        self._beat("gone")
