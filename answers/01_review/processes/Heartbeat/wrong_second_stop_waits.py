"""Waits in each `stop` for a goodbye that is said only once.

Misconception: stop is called once
Fails Heartbeat-stop_again: waits for ever
"""

import queue
import threading


class Heartbeat:
    def __init__(self, beat, interval):
        self._beat, self._interval = beat, interval
        self._told, self._goodbye = threading.Event(), queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run)

    def start(self):
        self._thread.start()

    def stop(self):
        if self._thread.ident is None:
            return
        self._told.set()
        self._goodbye.get()
        self._thread.join()

    def _run(self):
        self._beat("alive")
        while not self._told.wait(self._interval):
            self._beat("alive")
        self._beat("gone")
        self._goodbye.put(True)
