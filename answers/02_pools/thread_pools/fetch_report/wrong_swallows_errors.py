"""Passes over the urls that could not be fetched.

Misconception: M4
Fails fetch_report-both: returned ({'a': 'page a', 'c': 'page c'}, {})
Fails fetch_report-no_spoiling: returned ({'b': 'page b', 'd': 'page d'}, {})
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_report(urls, fetch, workers):
    pages, errors = {}, {}
    with ThreadPoolExecutor(workers) as pool:
        futures = {url: pool.submit(fetch, url) for url in urls}
    for url, future in futures.items():
        try:
            pages[url] = future.result()
        except:
            pass
    return pages, errors
