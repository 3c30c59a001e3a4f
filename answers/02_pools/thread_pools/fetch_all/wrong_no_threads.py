"""Makes a pool and fetches without it.

Misconception: a pool does something by being there
Fails fetch_all-at_once: fetch('a') ran in the thread that called fetch_all
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    with ThreadPoolExecutor(workers):
        return [fetch(url) for url in urls]
