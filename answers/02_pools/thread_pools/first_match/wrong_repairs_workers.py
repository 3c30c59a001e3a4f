"""Takes a bad number of workers for 1.

Misconception: a bad argument is repaired in silence
Fails first_match-arguments: expected:  started: nothing
"""

from concurrent.futures import ThreadPoolExecutor, as_completed


def first_match(urls, fetch, wanted, workers):
    pool = ThreadPoolExecutor(max(workers, 1))
    try:
        futures = {pool.submit(fetch, url): url for url in urls}
        for future in as_completed(futures):
            if wanted(future.result()):
                return futures[future]
        return None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
