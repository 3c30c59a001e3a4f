"""Makes as many threads as there are urls at most, which are none when there are no urls.

Misconception: forgets the empty list
Fails fetch_all-arguments: max_workers must be greater than 0
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    with ThreadPoolExecutor(min(workers, len(urls))) as pool:
        return list(pool.map(fetch, urls))
