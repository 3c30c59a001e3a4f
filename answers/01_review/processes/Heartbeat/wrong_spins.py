"""Looks at the clock and at a flag without a pause.

Misconception: M34
Fails Heartbeat-beats: goes round and round
Fails Heartbeat-interval: goes round and round
Fails Heartbeat-clean_up: goes round and round
Fails Heartbeat-prompt: goes round and round
Fails Heartbeat-stop_again: goes round and round
Fails Heartbeat-of_its_own: goes on and on at line
"""

import threading
import time


class Heartbeat:
    def __init__(self, beat, interval):
        self._beat, self._interval = beat, interval
        self._stopped = False
        self._thread = threading.Thread(target=self._run)

    def start(self):
        self._thread.start()

    def stop(self):
        self._stopped = True
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self):
        due = time.monotonic()
        while not self._stopped:
            if time.monotonic() >= due:
                self._beat("alive")
                due += self._interval
        self._beat("gone")
