"""Waits for a sign of the thread, which gives it before it cleans up.

Misconception: M24
Fails Heartbeat-beats: is ['alive', 'alive', 'alive']
Fails Heartbeat-clean_up: had been beaten when stop() returned
Fails Heartbeat-stop_again: was called three times is ['alive']
"""

import threading


class Heartbeat:
    def __init__(self, beat, interval):
        self._beat, self._interval = beat, interval
        self._told, self._done = threading.Event(), threading.Event()
        self._started = False

    def start(self):
        self._started = True
        threading.Thread(target=self._run).start()

    def stop(self):
        self._told.set()
        if self._started:
            self._done.wait()

    def _run(self):
        self._beat("alive")
        while not self._told.wait(self._interval):
            self._beat("alive")
        self._done.set()
        self._beat("gone")
