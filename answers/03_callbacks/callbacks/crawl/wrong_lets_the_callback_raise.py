"""Lets the callback raise: a page that fails is logged, and the caller gets the others as if nothing had happened.

Misconception: M8
Fails crawl-errors: returned {'/'}
Fails crawl-links_errors: returned {'/', '/a', '/b'}
"""

import threading
from concurrent.futures import ThreadPoolExecutor


def crawl(start, fetch, links, workers):
    found = {start}
    lock, ended = threading.Lock(), threading.Event()
    missing = 1

    def arrived(future):
        nonlocal missing
        new = []
        try:
            urls = links(future.result())
            with lock:
                new = [url for url in dict.fromkeys(urls) if url not in found]
                found.update(new)
        finally:
            with lock:
                missing += len(new) - 1
                if missing == 0:
                    ended.set()
        for url in new:
            pool.submit(fetch, url).add_done_callback(arrived)

    with ThreadPoolExecutor(workers) as pool:
        pool.submit(fetch, start).add_done_callback(arrived)
        ended.wait()
    return found
