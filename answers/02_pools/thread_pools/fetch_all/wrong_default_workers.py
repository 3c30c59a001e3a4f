"""Makes a pool of the default size and never looks at `workers`.

Misconception: leaves the number of workers to the default
Fails fetch_all-at_once: What bounds the number of workers here?
Fails fetch_all-arguments: started: 'a', 'b'
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    with ThreadPoolExecutor() as pool:
        return list(pool.map(fetch, urls))
