"""Raises an exception when no page is wanted.

Misconception: nothing found is an error
Fails first_match-none: raised StopIteration()
"""

from concurrent.futures import ThreadPoolExecutor, as_completed


def first_match(urls, fetch, wanted, workers):
    pool = ThreadPoolExecutor(workers)
    try:
        futures = {pool.submit(fetch, url): url for url in urls}
        return next(futures[future] for future in as_completed(futures) if wanted(future.result()))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
