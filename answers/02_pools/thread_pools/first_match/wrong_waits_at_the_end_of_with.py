"""Cancels what has not begun but leaves a `with` block, which waits for what is running.

Misconception: a return leaves a with block at once
Fails first_match-no_waiting: it waits while fetch('a')
"""

from concurrent.futures import ThreadPoolExecutor, as_completed


def first_match(urls, fetch, wanted, workers):
    with ThreadPoolExecutor(workers) as pool:
        futures = {pool.submit(fetch, url): url for url in urls}
        for future in as_completed(futures):
            if wanted(future.result()):
                pool.shutdown(wait=False, cancel_futures=True)
                return futures[future]
    return None
