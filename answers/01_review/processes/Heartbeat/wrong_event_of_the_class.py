"""Keeps the event in the class, where all heartbeats share it.

Misconception: M14
Fails Heartbeat-of_its_own: what the second one beat is
"""

import threading


class Heartbeat:
    _told = threading.Event()

    def __init__(self, beat, interval):
        self._beat, self._interval = beat, interval
        self._thread = threading.Thread(target=self._run)

    def start(self):
        self._told.clear()
        self._thread.start()

    def stop(self):
        if self._thread.ident is not None:
            self._told.set()
            self._thread.join()

    def _run(self):
        self._beat("alive")
        while not self._told.wait(self._interval):
            self._beat("alive")
        self._beat("gone")
