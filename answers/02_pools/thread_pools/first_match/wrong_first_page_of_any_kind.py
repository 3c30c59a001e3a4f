"""Takes the first page that arrives and returns its url if it is wanted, and None if not.

Misconception: the first to arrive decides
Fails first_match-first: returned None while fetch('a'), fetch('c'), fetch('d') were still running
Fails first_match-none: the call returned while fetch('a'), fetch('c') were still running
"""

from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait


def first_match(urls, fetch, wanted, workers):
    pool = ThreadPoolExecutor(workers)
    try:
        futures = {pool.submit(fetch, url): url for url in urls}
        for future in wait(futures, return_when=FIRST_COMPLETED).done:
            if wanted(future.result()):
                return futures[future]
        return None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
