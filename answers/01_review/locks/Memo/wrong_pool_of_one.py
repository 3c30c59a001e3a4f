"""Has one worker thread do all computing; a key that needs another waits for itself.

Misconception: M9, M19
Fails Memo-another_key: waits for ever
Fails Memo-different_keys: 1 compute at the same time
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Lock


class Memo:
    def __init__(self, compute):
        self.compute, self.futures, self.lock = compute, {}, Lock()
        self.pool = ThreadPoolExecutor(1)

    def get(self, key):
        with self.lock:
            if key not in self.futures:
                self.futures[key] = self.pool.submit(self.compute, key)
        return self.futures[key].result()
