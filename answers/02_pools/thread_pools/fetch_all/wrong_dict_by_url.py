"""Keeps the pages in a dict by url, which a url that is listed twice has once.

Misconception: each url is listed once
Fails fetch_all-in_order: returned ['page a', 'page b', 'page c', 'page d', 'page e', 'page f']
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pool:
        pages = dict(zip(urls, pool.map(fetch, urls)))
    return list(pages.values())
