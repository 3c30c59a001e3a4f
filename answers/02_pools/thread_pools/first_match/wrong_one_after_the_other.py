"""Waits for each page inside the loop that hands the jobs in.

Misconception: M2
Fails first_match-first: 'b' is not being worked on; fetch('a')
Fails first_match-at_once: one after the other: fetch('a'), and nothing else starts before it ends
Fails first_match-no_waiting: 'b' is not being worked on; fetch('a')
"""

from concurrent.futures import ThreadPoolExecutor


def first_match(urls, fetch, wanted, workers):
    pool = ThreadPoolExecutor(workers)
    try:
        for url in urls:
            if wanted(pool.submit(fetch, url).result()):
                return url
        return None
    finally:
        pool.shutdown(wait=False)
