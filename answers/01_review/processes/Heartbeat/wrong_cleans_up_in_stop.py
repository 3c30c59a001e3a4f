"""Calls the clean-up in `stop`, in the thread of the caller.

Misconception: M24
Fails Heartbeat-clean_up: the number of beats by the caller is 1
Fails Heartbeat-stop_again: ['alive', 'gone', 'gone', 'gone']
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
        if self._thread.ident is None:
            return
        self._told.set()
        self._thread.join()
        self._beat("gone")

    def _run(self):
        self._beat("alive")
        while not self._told.wait(self._interval):
            self._beat("alive")
