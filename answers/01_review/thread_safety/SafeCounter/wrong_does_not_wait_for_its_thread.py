"""Has a thread of its own do the adding, and does not wait for it.

Misconception: what is started is done
Fails SafeCounter-counts: counter.value is 0
Fails SafeCounter-nothing_lost: counter.value is
Fails SafeCounter-apart: [0, 0]
Fails SafeCounter-interrupted: counter.value after one more increment is 0
"""

from threading import Lock, Thread


class SafeCounter:
    def __init__(self):
        self.value = 0
        self._lock = Lock()

    def _add(self):
        with self._lock:
            self.value += 1

    def increment(self):
        Thread(target=self._add).start()
