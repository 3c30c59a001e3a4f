"""Has a pool of one thread do the adding, one job after the other."""

from concurrent.futures import ThreadPoolExecutor


class SafeCounter:
    def __init__(self):
        self.value = 0
        self._pool = ThreadPoolExecutor(max_workers=1)

    def _add(self):
        self.value += 1

    def increment(self):
        self._pool.submit(self._add).result()
