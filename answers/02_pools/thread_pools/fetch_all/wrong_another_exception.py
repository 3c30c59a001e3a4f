"""Raises an exception of its own in the place of the one that `fetch` raised.

Misconception: the caller does not need the exception itself
Fails fetch_all-errors: raised RuntimeError('a page could not be fetched')
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    try:
        with ThreadPoolExecutor(workers) as pool:
            return list(pool.map(fetch, urls))
    except OSError:
        raise RuntimeError("a page could not be fetched")
