"""Uses a pool of processes, to which `fetch` cannot be sent.

Misconception: any pool will do
Fails fetch_all-in_order: finds a function by its module and name
Fails fetch_all-at_once: finds a function by its module and name
Fails fetch_all-nothing_left: finds a function by its module and name
Fails fetch_all-errors: finds a function by its module and name
Fails fetch_all-arguments: A worker process finds a function by its module and name: can it find
"""

from concurrent.futures import ProcessPoolExecutor


def fetch_all(urls, fetch, workers):
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(fetch, urls))
