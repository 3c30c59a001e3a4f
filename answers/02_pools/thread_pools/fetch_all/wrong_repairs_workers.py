"""Takes a bad number of workers for 1.

Misconception: a bad argument is repaired in silence
Fails fetch_all-arguments: started: 'a'
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    with ThreadPoolExecutor(max(1, workers)) as pool:
        return list(pool.map(fetch, urls))
