"""Calls `fetch` while submitting, and so hands the page to the pool in the place of a function.

Misconception: M1
Fails fetch_all-in_order: 'str' object is not callable
Fails fetch_all-at_once: fetch('a') ran in the thread that called fetch_all
Fails fetch_all-arguments: Which is handed over to be called: a function, or what a function has
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(fetch(url)) for url in urls]
    return [future.result() for future in futures]
