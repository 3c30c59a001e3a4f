"""Takes the urls in batches of `workers` and lets free workers wait until the slowest of a batch has ended.

Misconception: a batch takes the place of a bound
Fails fetch_all-at_once: only 2 at the same time: fetch('b'), fetch('c')
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    pages = []
    with ThreadPoolExecutor(workers) as pool:
        for begin in range(0, len(urls), workers):
            pages += pool.map(fetch, urls[begin : begin + workers])
    return pages
