"""Keeps the text of each exception and not the exception.

Misconception: an exception is its text
Fails fetch_report-both: {'b': 'b is down'}
Fails fetch_report-no_spoiling: {'a': 'a is down', 'c': "'c'", 'e': 'e is slow'}
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_report(urls, fetch, workers):
    pages, errors = {}, {}
    with ThreadPoolExecutor(workers) as pool:
        futures = {url: pool.submit(fetch, url) for url in urls}
    for url, future in futures.items():
        try:
            pages[url] = future.result()
        except Exception as error:
            errors[url] = str(error)
    return pages, errors
