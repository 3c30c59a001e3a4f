"""Holds a lock while it fetches, so that the threads wait for each other.

Misconception: M19
Fails fetch_all-at_once: only 1 at a time, one after the other: fetch('a')
"""

import threading
from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    lock = threading.Lock()

    def safe_fetch(url):
        with lock:
            return fetch(url)

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(safe_fetch, urls))
