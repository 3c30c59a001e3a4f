"""Cancels what has not begun, and leaves its pool to the garbage collector.

Misconception: M3
Fails first_match-none: the call returned and left 2 threads behind
Fails first_match-errors: Who tells the threads of the pool to end?
"""

from concurrent.futures import ThreadPoolExecutor, as_completed


def first_match(urls, fetch, wanted, workers):
    pool = ThreadPoolExecutor(workers)
    url_of = {pool.submit(fetch, url): url for url in urls}
    for future in as_completed(url_of):
        if wanted(future.result()):
            for other in url_of:
                other.cancel()
            return url_of[future]
    return None
