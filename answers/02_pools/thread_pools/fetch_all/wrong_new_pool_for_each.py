"""Makes a pool for each url, which it leaves, and so waits for, before it comes to the next one.

Misconception: M2
Fails fetch_all-at_once: one after the other: fetch('a'), and nothing else starts before it ends
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    pages = []
    if workers < 1:
        raise ValueError("workers < 1")
    for url in urls:
        with ThreadPoolExecutor(workers) as pool:
            future = pool.submit(fetch, url)
        pages.append(future.result())
    return pages
