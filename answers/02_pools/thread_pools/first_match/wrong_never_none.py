"""Waits in a queue for a match, also when all pages have arrived and none is wanted.

Misconception: a match always comes
Fails first_match-none: the call never ends
Fails first_match-errors: returned 'b'
"""

import queue
from concurrent.futures import ThreadPoolExecutor


def first_match(urls, fetch, wanted, workers):
    matches = queue.Queue()

    def job(url):
        if wanted(fetch(url)):
            matches.put(url)

    pool = ThreadPoolExecutor(workers)
    for url in urls:
        pool.submit(job, url)
    match = matches.get()
    pool.shutdown(wait=False, cancel_futures=True)
    return match
