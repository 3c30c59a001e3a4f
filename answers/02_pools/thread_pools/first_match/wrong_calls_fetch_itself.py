"""Calls `fetch` while submitting.

Misconception: M1
Fails first_match-first: 'b' is not being worked on; fetch('a')
Fails first_match-at_once: fetch('a') ran in the thread that called first_match
Fails first_match-cancels: 6 fetch jobs were started: fetch('a'), fetch('b'), fetch('c'), fetch('d'), fetch('e'), fet
Fails first_match-no_waiting: 'b' is not being worked on; fetch('a')
"""

from concurrent.futures import ThreadPoolExecutor, as_completed


def first_match(urls, fetch, wanted, workers):
    pool = ThreadPoolExecutor(workers)
    try:
        futures = {pool.submit(wanted, fetch(url)): url for url in urls}
        for future in as_completed(futures):
            if future.result():
                return futures[future]
        return None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
