"""Does not wait, but lets all jobs that are in the queue of the pool start one after the other.

Misconception: shutdown cancels
Fails first_match-cancels: fetch('d'), fetch('e'), fetch('f') were started
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
