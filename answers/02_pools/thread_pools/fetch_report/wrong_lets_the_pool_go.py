"""Leaves its pool to the garbage collector, which ends the threads a moment after the return.

Misconception: M3
Fails fetch_report-at_once: the call returned and left 3 threads behind
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_report(urls, fetch, workers):
    pool = ThreadPoolExecutor(workers)
    futures = {url: pool.submit(fetch, url) for url in urls}
    pages, errors = {}, {}
    for url, future in futures.items():
        if (error := future.exception()) is None:
            pages[url] = future.result()
        else:
            errors[url] = error
    return pages, errors
