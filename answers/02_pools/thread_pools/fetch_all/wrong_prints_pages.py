"""Prints the pages and returns nothing.

Misconception: printing is returning
Fails fetch_all-in_order: returned None
Fails fetch_all-arguments: returned None
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pool:
        for page in pool.map(fetch, urls):
            print(page)
