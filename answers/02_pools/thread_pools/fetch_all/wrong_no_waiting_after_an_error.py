"""Reads all results, but after an error it cancels what has not begun and leaves what runs to itself.

Misconception: M3
Fails fetch_all-nothing_left: while fetch('b'), fetch('c') were still running
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    pool = ThreadPoolExecutor(workers)
    try:
        pages = list(pool.map(fetch, urls))
    except Exception:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()
    return pages
