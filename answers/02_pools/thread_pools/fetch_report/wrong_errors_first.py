"""Returns the pair the other way round.

Misconception: the order of the pair does not matter
Fails fetch_report-both: returned ({'b': OSError('b is down')}, {'a': 'page a', 'c': 'page c'})
Fails fetch_report-no_spoiling: returned ({'a': OSError('a is down')
Fails fetch_report-arguments: Is an empty page a page, and how does the code learn of an error?
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_report(urls, fetch, workers):
    pages, errors = {}, {}
    with ThreadPoolExecutor(workers) as pool:
        futures = {url: pool.submit(fetch, url) for url in urls}
    for url, future in futures.items():
        if future.exception() is None:
            pages[url] = future.result()
        else:
            errors[url] = future.exception()
    return errors, pages
