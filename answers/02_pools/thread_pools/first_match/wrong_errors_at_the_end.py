"""Keeps exceptions until all pages have arrived, and returns a later match instead.

Misconception: M4
Fails first_match-errors: OSError('a is down') reaches the caller
"""

from concurrent.futures import ThreadPoolExecutor, as_completed


def first_match(urls, fetch, wanted, workers):
    pool = ThreadPoolExecutor(workers)
    futures = {pool.submit(fetch, url): url for url in urls}
    errors = []
    try:
        for future in as_completed(futures):
            try:
                if wanted(future.result()):
                    return futures[future]
            except Exception as error:
                errors.append(error)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    if errors:
        raise errors[0]
    return None
