"""Starts a daemon thread for each url and returns the list that they are to fill.

Misconception: M3, M24
Fails fetch_all-at_once: ran in threads that belong to no ThreadPoolExecutor
Fails fetch_all-in_order: while fetch('a'), fetch('b'), fetch('c') were still running
Fails fetch_all-nothing_left: the call returned while fetch('a'), fetch('b') were still running
Fails fetch_all-errors: returned [None, None, None, None]
Fails fetch_all-arguments: Is an empty page a page?
"""

import threading


def fetch_all(urls, fetch, workers):
    if workers < 1:
        raise ValueError("workers must be at least 1")
    pages = [None] * len(urls)
    places = threading.Semaphore(workers)

    def job(index):
        with places:
            pages[index] = fetch(urls[index])

    for index in range(len(urls)):
        threading.Thread(target=job, args=(index,), daemon=True).start()
    return pages
