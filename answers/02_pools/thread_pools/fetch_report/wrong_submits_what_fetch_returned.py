"""Calls `fetch` while submitting, so that its exception is raised in the caller.

Misconception: M1
Fails fetch_report-both: raised OSError('b is down')
Fails fetch_report-no_spoiling: raised OSError('a is down')
Fails fetch_report-at_once: fetch('a') ran in the thread that called fetch_report
Fails fetch_report-arguments: Is an empty page a page, and how does the code learn of an error?
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_report(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pool:
        futures = {url: pool.submit(fetch(url)) for url in urls}
    errors = {url: future.exception() for url, future in futures.items() if future.exception()}
    return {url: future.result() for url, future in futures.items() if url not in errors}, errors
