"""Lets the jobs put their pages into a list themselves and never reads what `map` gives, so errors are lost.

Misconception: M5
Fails fetch_all-errors: returned ['page a', 'page b', None, 'page d']
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    pages = [None] * len(urls)

    def job(index):
        pages[index] = fetch(urls[index])

    with ThreadPoolExecutor(workers) as pool:
        pool.map(job, range(len(urls)))
    return pages
