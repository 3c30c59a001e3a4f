"""Never shuts the pool down: nobody waits for the fetches that are left when one fails, nor for the threads.

Misconception: M3
Fails fetch_all-nothing_left: the call returned and left 2 threads behind
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    pool = ThreadPoolExecutor(workers)
    futures = [pool.submit(fetch, url) for url in urls]
    return [future.result() for future in futures]
