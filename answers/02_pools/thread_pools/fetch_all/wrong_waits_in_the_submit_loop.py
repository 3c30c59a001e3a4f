"""Asks each future for its result before it hands in the next job.

Misconception: M2
Fails fetch_all-at_once: one after the other: fetch('a'), and nothing else starts before it ends
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    pages = []
    with ThreadPoolExecutor(workers) as pool:
        for url in urls:
            pages.append(pool.submit(fetch, url).result())
    return pages
