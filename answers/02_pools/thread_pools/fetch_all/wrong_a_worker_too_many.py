"""Does not count the main thread as a worker and so makes one worker more.

Misconception: off by one in the number of workers
Fails fetch_all-at_once: 4 at the same time: fetch('a'), fetch('b'), fetch('c'), fetch('d')
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    if workers < 1:
        raise ValueError("workers must be at least 1")
    with ThreadPoolExecutor(workers + 1) as pool:
        return list(pool.map(fetch, urls))
