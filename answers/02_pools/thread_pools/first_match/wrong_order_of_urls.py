"""Looks at the pages in the order of the urls, so the first one to arrive does not count.

Misconception: M6
Fails first_match-first: returned 'a'
Fails first_match-no_waiting: it waits while fetch('a')
"""

from concurrent.futures import ThreadPoolExecutor


def first_match(urls, fetch, wanted, workers):
    pool = ThreadPoolExecutor(workers)
    try:
        for url, page in zip(urls, pool.map(fetch, urls)):
            if wanted(page):
                return url
        return None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
