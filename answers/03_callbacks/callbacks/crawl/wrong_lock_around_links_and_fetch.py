"""Holds a lock while it fetches, so that the workers wait for each other.

Misconception: M19
Fails crawl-at_once: only 1 at the same time
Fails crawl-goes_on: fetch(
"""

import threading
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait


def crawl(start, fetch, links, workers):
    lock = threading.Lock()
    found = {start}

    def visit(url):
        with lock:
            return links(fetch(url))

    with ThreadPoolExecutor(workers) as pool:
        pending = {pool.submit(visit, start)}
        while pending:
            done, pending = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                new = [url for url in dict.fromkeys(future.result()) if url not in found]
                found.update(new)
                pending.update(pool.submit(visit, url) for url in new)
    return found
