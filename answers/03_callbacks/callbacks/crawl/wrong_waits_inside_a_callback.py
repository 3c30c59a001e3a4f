"""The callback, which runs in a worker, hands in the pages that it has found and waits for each of them.

Misconception: M9
Fails crawl-at_once: only 1 at the same time
Fails crawl-goes_on: is not being worked on
Fails crawl-full_pool: Which worker is free to fetch it?
Fails crawl-errors: Who should wake the one that waits here, and can it still do so?
"""

import threading
from concurrent.futures import ThreadPoolExecutor


def crawl(start, fetch, links, workers):
    found, errors = {start}, []
    ended = threading.Event()

    def read(future):
        for url in links(future.result()):
            if url not in found:
                found.add(url)
                read(pool.submit(fetch, url))

    def arrived(future):
        try:
            read(future)
        except Exception as error:
            errors.append(error)
        ended.set()

    with ThreadPoolExecutor(workers) as pool:
        pool.submit(fetch, start).add_done_callback(arrived)
        ended.wait()
    if errors:
        raise errors[0]
    return found
