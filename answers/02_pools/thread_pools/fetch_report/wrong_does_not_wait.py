"""Looks only at the futures that are done already.

Misconception: M3
Fails fetch_report-both: returned ({}, {}) while fetch('a'), fetch('b') were still running
Fails fetch_report-no_spoiling: returned ({}, {}) while fetch('a'), fetch('b') were still running
Fails fetch_report-at_once: the call returned while fetch('a'), fetch('b'), fetch('c') were still running
Fails fetch_report-arguments: Is an empty page a page, and how does the code learn of an error?
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_report(urls, fetch, workers):
    pages, errors = {}, {}
    pool = ThreadPoolExecutor(workers)
    for url, future in {url: pool.submit(fetch, url) for url in urls}.items():
        if not future.done():
            continue
        if future.exception():
            errors[url] = future.exception()
        else:
            pages[url] = future.result()
    pool.shutdown(wait=False)
    return pages, errors
