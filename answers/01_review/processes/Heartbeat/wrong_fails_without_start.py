"""Joins a thread that may never have been started.

Misconception: stop always comes after start
Fails Heartbeat-stop_again: cannot join thread before it is started
"""

import threading


class Heartbeat:
    def __init__(self, beat, interval):
        self._beat, self._interval = beat, interval
        self._told = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def start(self):
        self._thread.start()

    def stop(self):
        self._told.set()
        self._thread.join()

    def _run(self):
        self._beat("alive")
        while not self._told.wait(self._interval):
            self._beat("alive")
        self._beat("gone")
