"""Returns what `map` gives and not the pages: an iterator that nobody has read.

Misconception: M5
Fails fetch_all-in_order: returned a generator object
Fails fetch_all-errors: returned a generator object
Fails fetch_all-arguments: returned a generator object
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pool:
        return pool.map(fetch, urls)
