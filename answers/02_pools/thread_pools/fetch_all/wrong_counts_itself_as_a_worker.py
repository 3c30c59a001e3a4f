"""Counts the calling thread as one of the workers, though it only waits, and makes one thread less.

Misconception: off by one in the number of workers
Fails fetch_all-at_once: only 2 at the same time: fetch('a'), fetch('b')
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    if workers < 1:
        raise ValueError("workers must be at least 1")
    with ThreadPoolExecutor(max(1, workers - 1)) as pool:
        return list(pool.map(fetch, urls))
