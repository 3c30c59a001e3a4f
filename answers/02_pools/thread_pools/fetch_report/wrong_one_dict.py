"""Returns pages and exceptions in one dict.

Misconception: a pair of dicts is one dict
Fails fetch_report-both: returned {'a': 'page a', 'b': OSError('b is down'), 'c': 'page c'}
Fails fetch_report-no_spoiling: returned {'a': OSError('a is down'), 'b': 'page b'
Fails fetch_report-arguments: returned {}
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_report(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pool:
        futures = {url: pool.submit(fetch, url) for url in urls}
    return {url: future.exception() or future.result() for url, future in futures.items()}
