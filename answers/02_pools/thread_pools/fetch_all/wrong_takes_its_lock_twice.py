"""Calls, while it holds a lock, a function that takes the same lock: every worker waits for itself or for the first.

Misconception: M17
Fails fetch_all-in_order: the call never ends
Fails fetch_all-at_once: only 2 at the same time: fetch('b'), fetch('c')
Fails fetch_all-nothing_left: the call never ends
Fails fetch_all-errors: the call never ends
Fails fetch_all-arguments: Who should wake the one that waits here, and can it still do so?
"""

import threading
from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    lock = threading.Lock()
    count = 0

    def show():
        with lock:
            print(count, "of", len(urls))

    def job(url):
        nonlocal count
        page = fetch(url)
        with lock:
            count += 1
            show()
        return page

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(job, urls))
