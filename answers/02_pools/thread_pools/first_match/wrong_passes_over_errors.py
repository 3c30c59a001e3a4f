"""Takes a page that could not be fetched for one that is not wanted.

Misconception: M4
Fails first_match-errors: returned 'b'
"""

from concurrent.futures import ThreadPoolExecutor, as_completed


def first_match(urls, fetch, wanted, workers):
    pool = ThreadPoolExecutor(workers)
    try:
        futures = {pool.submit(fetch, url): url for url in urls}
        for future in as_completed(futures):
            if future.exception() is None and wanted(future.result()):
                return futures[future]
        return None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
