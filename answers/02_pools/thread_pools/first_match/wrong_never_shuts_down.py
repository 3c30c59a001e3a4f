"""Cancels what has not begun but never tells the threads of the pool to end.

Misconception: M3
Fails first_match-none: the call returned and left 2 threads behind
Fails first_match-errors: Who tells the threads of the pool to end?
"""

from concurrent.futures import ThreadPoolExecutor, as_completed

pools = []


def first_match(urls, fetch, wanted, workers):
    pool = ThreadPoolExecutor(workers)
    pools.append(pool)
    futures = {pool.submit(fetch, url): url for url in urls}
    for future in as_completed(futures):
        if wanted(future.result()):
            for other in futures:
                other.cancel()
            return futures[future]
    return None
