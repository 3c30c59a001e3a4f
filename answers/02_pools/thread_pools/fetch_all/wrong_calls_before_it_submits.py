"""Fetches each page in the calling thread and then has the pool hand it back.

Misconception: M1
Fails fetch_all-at_once: fetch('a') ran in the thread that called fetch_all
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    def keep(page):
        return page

    with ThreadPoolExecutor(workers) as pool:
        return [future.result() for future in [pool.submit(keep, fetch(url)) for url in urls]]
