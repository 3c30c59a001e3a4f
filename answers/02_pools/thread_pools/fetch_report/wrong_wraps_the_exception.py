"""Keeps an exception of its own that holds the real one.

Misconception: an exception is its text
Fails fetch_report-both: RuntimeError('b: b is down')
Fails fetch_report-no_spoiling: RuntimeError('a: a is down')
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_report(urls, fetch, workers):
    pages, errors = {}, {}
    with ThreadPoolExecutor(workers) as pool:
        futures = {url: pool.submit(fetch, url) for url in urls}
    for url, future in futures.items():
        if future.exception():
            errors[url] = RuntimeError(f"{url}: {future.exception()}")
        else:
            pages[url] = future.result()
    return pages, errors
