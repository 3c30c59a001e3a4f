"""Returns out of a `with` block, which first runs all jobs to their end.

Misconception: a return leaves a with block at once
Fails first_match-cancels: 6 fetch jobs were started: fetch('a'), fetch('b'), fetch('c'), fetch('d'), fetch('e'), fet
Fails first_match-no_waiting: it waits while fetch('a')
"""

from concurrent.futures import ThreadPoolExecutor, as_completed


def first_match(urls, fetch, wanted, workers):
    with ThreadPoolExecutor(workers) as pool:
        futures = {pool.submit(fetch, url): url for url in urls}
        for future in as_completed(futures):
            if wanted(future.result()):
                return futures[future]
    return None
