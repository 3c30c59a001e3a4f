"""Takes a page on which `wanted` raises for one that is not wanted.

Misconception: M4
Fails first_match-errors: returned 'b'
"""

from concurrent.futures import ThreadPoolExecutor, as_completed


def first_match(urls, fetch, wanted, workers):
    pool = ThreadPoolExecutor(workers)
    try:
        futures = {pool.submit(fetch, url): url for url in urls}
        for future in as_completed(futures):
            page = future.result()
            try:
                if wanted(page):
                    return futures[future]
            except Exception:
                continue
        return None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
