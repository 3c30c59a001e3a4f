"""Waits for the fetches of the pool and then fetches each page again to have it.

Misconception: a future is only a sign that something is done
Fails fetch_all-in_order: How often is `fetch` called for each entry
Fails fetch_all-errors: 7 fetch jobs were started
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(fetch, url) for url in urls]
    return [fetch(url) for url, future in zip(urls, futures) if future.done()]
