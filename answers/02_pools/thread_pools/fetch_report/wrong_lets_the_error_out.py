"""Lets the first exception out, and with it loses all that was fetched.

Misconception: M4
Fails fetch_report-both: raised OSError('b is down')
Fails fetch_report-no_spoiling: raised OSError('a is down')
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_report(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pool:
        pages = dict(zip(urls, pool.map(fetch, urls)))
    return pages, {}
