"""Catches the kind of exception that it has seen and no other.

Misconception: all failures look alike
Fails fetch_report-no_spoiling: raised KeyError('c')
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_report(urls, fetch, workers):
    pages, errors = {}, {}
    with ThreadPoolExecutor(workers) as pool:
        futures = {url: pool.submit(fetch, url) for url in urls}
    for url, future in futures.items():
        try:
            pages[url] = future.result()
        except OSError as error:
            errors[url] = error
    return pages, errors
