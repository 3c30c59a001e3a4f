"""Asks the futures for their results one after the other, in the order in which they were handed in.

Misconception: M6
Fails first_match-first: returned 'a'
Fails first_match-no_waiting: it waits while fetch('a')
"""

from concurrent.futures import ThreadPoolExecutor


def first_match(urls, fetch, wanted, workers):
    pool = ThreadPoolExecutor(workers)
    try:
        futures = [(url, pool.submit(fetch, url)) for url in urls]
        for url, future in futures:
            if wanted(future.result()):
                return url
        return None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
