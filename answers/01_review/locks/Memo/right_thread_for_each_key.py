"""Starts a thread for each new key and waits for its end."""

import threading


class Memo:
    def __init__(self, compute):
        self._compute = compute
        self._lock = threading.Lock()
        self._threads, self._results = {}, {}

    def _run(self, key):
        try:
            self._results[key] = True, self._compute(key)
        except BaseException as error:
            self._results[key] = False, error

    def get(self, key):
        with self._lock:
            if key not in self._threads:
                self._threads[key] = threading.Thread(target=self._run, args=(key,))
                self._threads[key].start()
            thread = self._threads[key]
        thread.join()
        fine, value = self._results[key]
        if not fine:
            raise value
        return value
