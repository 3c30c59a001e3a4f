"""Does not wait, but lets all jobs that are in the queue of the pool start one after the other.

Misconception: shutdown cancels
Fails first_match-cancels: 6 fetch jobs were started: fetch('a'), fetch('b'), fetch('c'), fetch('d'), fetch('e'), fet
"""

from concurrent.futures import ThreadPoolExecutor, as_completed


def first_match(urls, fetch, wanted, workers):
    pool = ThreadPoolExecutor(workers)
    try:
        futures = {pool.submit(fetch, url): url for url in urls}
        for future in as_completed(futures):
            if wanted(future.result()):
                return futures[future]
        return None
    finally:
        pool.shutdown(wait=False)
