"""Pairs the urls, in their order, with the futures, in the order in which they are done.

Misconception: M6, M29
Fails fetch_report-both: returned ({'b': 'page c', 'c': 'page a'}, {'a': OSError('b is down')})
Fails fetch_report-no_spoiling: returned ({'a': 'page b', 'c': 'page d'}
"""

from concurrent.futures import ThreadPoolExecutor, as_completed


def fetch_report(urls, fetch, workers):
    pages, errors = {}, {}
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(fetch, url) for url in urls]
        for url, future in zip(urls, as_completed(futures)):
            if future.exception():
                errors[url] = future.exception()
            else:
                pages[url] = future.result()
    return pages, errors
