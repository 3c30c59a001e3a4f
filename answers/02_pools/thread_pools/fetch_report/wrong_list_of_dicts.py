"""Returns a list of the two dicts and not a pair.

Misconception: a list is a tuple
Fails fetch_report-both: returned [{'a': 'page a', 'c': 'page c'}, {'b': OSError('b is down')}]
Fails fetch_report-no_spoiling: returned [{'b': 'page b', 'd': 'page d'}
Fails fetch_report-arguments: returned [{}, {}]
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_report(urls, fetch, workers):
    report = [{}, {}]
    with ThreadPoolExecutor(workers) as pool:
        futures = {url: pool.submit(fetch, url) for url in urls}
    for url, future in futures.items():
        if future.exception() is None:
            report[0][url] = future.result()
        else:
            report[1][url] = future.exception()
    return report
