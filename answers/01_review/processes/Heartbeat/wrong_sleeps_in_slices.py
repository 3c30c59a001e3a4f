"""Sleeps in slices of a tenth of a second and looks at a flag after each.

Misconception: M34
Fails Heartbeat-prompt: woke up 500 times
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
        slices = 0
        while not self._stopped:
            if slices % round(10 * self._interval) == 0:
                self._beat("alive")
            time.sleep(0.1)
            slices += 1
        self._beat("gone")
