"""Calls the loop in `start` itself, in the thread of the caller.

Misconception: M1
Fails Heartbeat-beats: main woke up 500 times
Fails Heartbeat-interval: main woke up 500 times
Fails Heartbeat-clean_up: main woke up 500 times
Fails Heartbeat-prompt: main woke up 500 times
Fails Heartbeat-stop_again: main woke up 500 times
Fails Heartbeat-of_its_own: main woke up 500 times
"""

import threading


class Heartbeat:
    def __init__(self, beat, interval):
        self._beat, self._interval = beat, interval
        self._told = threading.Event()
        self._thread = None

    def start(self):
        self._thread = threading.Thread(target=self._run())
        self._thread.start()

    def stop(self):
        self._told.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self):
        self._beat("alive")
        while not self._told.wait(self._interval):
            self._beat("alive")
        self._beat("gone")
