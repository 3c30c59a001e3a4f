"""Shuts the pool down without waiting, and returns the list that the jobs are still to fill.

Misconception: M3
Fails fetch_all-in_order: while fetch('a'), fetch('b'), fetch('c') were still running
Fails fetch_all-nothing_left: the call returned while fetch('a'), fetch('b') were still running
Fails fetch_all-errors: returned [None, None, None, None]
Fails fetch_all-arguments: Is an empty page a page?
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    pages = [None] * len(urls)

    def job(index):
        pages[index] = fetch(urls[index])

    pool = ThreadPoolExecutor(workers)
    for index in range(len(urls)):
        pool.submit(job, index)
    pool.shutdown(wait=False)
    return pages
