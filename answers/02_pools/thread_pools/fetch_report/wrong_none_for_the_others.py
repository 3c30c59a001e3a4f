"""Has every url in both dicts, with `None` where there is no page or no exception.

Misconception: absent is the same as None
Fails fetch_report-both: {'a': None, 'b': OSError('b is down'), 'c': None}
Fails fetch_report-no_spoiling: {'a': None, 'b': 'page b', 'c': None, 'd': 'page d', 'e': None}
Fails fetch_report-arguments: Is an empty page a page, and how does the code learn of an error?
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_report(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pool:
        futures = {url: pool.submit(fetch, url) for url in urls}
    errors = {url: future.exception() for url, future in futures.items()}
    pages = {url: None if errors[url] else future.result() for url, future in futures.items()}
    return pages, errors
