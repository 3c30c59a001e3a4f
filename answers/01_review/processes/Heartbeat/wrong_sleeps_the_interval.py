"""Sleeps for the whole interval, from which `stop` cannot wake it.

Misconception: sleep can be woken
Fails Heartbeat-prompt: how long stop() took, in seconds, is 3199.7
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
        if self._thread.is_alive():
            self._thread.join()

    def _run(self):
        self._beat("alive")
        while True:
            time.sleep(self._interval)
            if self._stopped:
                break
            self._beat("alive")
        self._beat("gone")
