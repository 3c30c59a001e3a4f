"""Returns the variable of the loop that handed the jobs in, which holds the last url.

Misconception: a future knows which url the loop was at
Fails first_match-first: returned 'd' while fetch('a'), fetch('d') were still running
Fails first_match-no_waiting: returned 'c' while fetch('a'), fetch('c') were still running
"""

from concurrent.futures import ThreadPoolExecutor, as_completed


def first_match(urls, fetch, wanted, workers):
    pool = ThreadPoolExecutor(workers)
    futures = []
    try:
        for url in urls:
            futures.append(pool.submit(fetch, url))
        for future in as_completed(futures):
            if wanted(future.result()):
                return url
        return None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
