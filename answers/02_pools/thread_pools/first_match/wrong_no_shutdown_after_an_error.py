"""Shuts its pool down when a page is wanted and when none is, but not when a fetch raises.

Misconception: M15
Fails first_match-errors: the call raised and left 1 thread behind
"""

from concurrent.futures import ThreadPoolExecutor, as_completed


def first_match(urls, fetch, wanted, workers):
    pool = ThreadPoolExecutor(workers)
    url_of = {pool.submit(fetch, url): url for url in urls}
    found = None
    for future in as_completed(url_of):
        if wanted(future.result()):
            found = url_of[future]
            break
    pool.shutdown(wait=found is None, cancel_futures=True)
    return found
