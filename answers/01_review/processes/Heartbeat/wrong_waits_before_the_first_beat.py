"""Waits for an interval before the first beat.

Misconception: first wait, then beat
Fails Heartbeat-beats: is ['alive', 'alive', 'gone']
Fails Heartbeat-interval: when it beat, in seconds, is [10.0, 20.0]
Fails Heartbeat-clean_up: is ['gone']
Fails Heartbeat-stop_again: is ['gone']
Fails Heartbeat-of_its_own: is ['gone']
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
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self):
        while not self._told.wait(self._interval):
            self._beat("alive")
        self._beat("gone")
