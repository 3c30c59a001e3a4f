"""Lists the pages as `as_completed` gives them.

Misconception: M6
Fails fetch_all-in_order: returned ['page c', 'page d', 'page e', 'page f', 'page a', 'page b', 'page a']
"""

from concurrent.futures import ThreadPoolExecutor, as_completed


def fetch_all(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(fetch, url) for url in urls]
        return [future.result() for future in as_completed(futures)]
