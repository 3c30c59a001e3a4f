"""Reads `map` in a `try`: the first exception ends the loop, and the urls after it are in neither dict.

Misconception: M4
Fails fetch_report-both: returned ({'a': 'page a'}, {'b': OSError('b is down')})
Fails fetch_report-no_spoiling: returned ({}, {'a': OSError('a is down')})
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_report(urls, fetch, workers):
    pages, errors = {}, {}
    with ThreadPoolExecutor(workers) as pool:
        results = pool.map(fetch, urls)
        for url in urls:
            try:
                pages[url] = next(results)
            except StopIteration:
                break
            except Exception as error:
                errors[url] = error
    return pages, errors
