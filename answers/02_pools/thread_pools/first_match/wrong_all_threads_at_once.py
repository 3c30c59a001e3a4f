"""Makes as many threads as there are urls, so that nothing is left to be cancelled.

Misconception: leaves the number of workers out of account
Fails first_match-at_once: 6 at the same time: fetch('a'), fetch('b')
Fails first_match-cancels: 6 fetch jobs were started: fetch('a'), fetch('b'), fetch('c'), fetch('d'), fetch('e'), fet
"""

from concurrent.futures import ThreadPoolExecutor, as_completed


def first_match(urls, fetch, wanted, workers):
    if workers < 1:
        raise ValueError("workers must be at least 1")
    if not urls:
        return None
    pool = ThreadPoolExecutor(len(urls))
    try:
        futures = {pool.submit(fetch, url): url for url in urls}
        for future in as_completed(futures):
            if wanted(future.result()):
                return futures[future]
        return None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
