"""Returns an empty list when there are no workers.

Misconception: a bad argument is answered by an empty result
Fails fetch_all-arguments: returned []
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    if workers < 1:
        return []
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(fetch, urls))
