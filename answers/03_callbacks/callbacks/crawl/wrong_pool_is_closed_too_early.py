"""Leaves the `with` block when the first page was handed in: the callbacks find a pool that takes no more jobs.

Misconception: M3
Fails crawl-found: returned {'/', '/a', '/b'}
Fails crawl-once: started: '/'
Fails crawl-at_once: the call had ended when fetch('/') had
Fails crawl-goes_on: and the call has ended
Fails crawl-full_pool: the pages that were fetched with 1 worker: ['/']
Fails crawl-threads: the sorted list of pages that were fetched is ['/']
Fails crawl-nothing_left: and the call has ended
Fails crawl-errors: reaches the caller
Fails crawl-links_errors: reaches the caller
"""

import threading
from concurrent.futures import ThreadPoolExecutor


def crawl(start, fetch, links, workers):
    found, errors, lock = {start}, [], threading.Lock()

    def arrived(future):
        try:
            urls = links(future.result())
        except Exception as error:
            errors.append(error)
            return
        with lock:
            new = set(urls) - found
            found.update(new)
        for url in sorted(new):
            pool.submit(fetch, url).add_done_callback(arrived)

    with ThreadPoolExecutor(workers) as pool:
        pool.submit(fetch, start).add_done_callback(arrived)
    if errors:
        raise errors[0]
    return found
