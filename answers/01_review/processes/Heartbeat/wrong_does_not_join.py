"""Tells the thread to end and returns before it has.

Misconception: M3
Fails Heartbeat-beats: is ['alive', 'alive', 'alive']
Fails Heartbeat-clean_up: had been beaten when stop() returned
Fails Heartbeat-stop_again: was called three times is ['alive']
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

    def _run(self):
        self._beat("alive")
        while not self._told.wait(self._interval):
            self._beat("alive")
        self._beat("gone")
