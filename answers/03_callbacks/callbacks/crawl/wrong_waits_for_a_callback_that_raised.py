"""Lets the callback raise before it has counted: the caller waits for ever.

Misconception: M8
Fails crawl-nothing_left: the call never ends
Fails crawl-errors: the call never ends
Fails crawl-links_errors: the call never ends
"""

import threading
from concurrent.futures import ThreadPoolExecutor


def crawl(start, fetch, links, workers):
    found, missing = {start}, 1
    changed = threading.Condition()

    def arrived(future):
        nonlocal missing
        urls = links(future.result())
        with changed:
            new = [url for url in dict.fromkeys(urls) if url not in found]
            found.update(new)
            missing += len(new) - 1
            changed.notify()
        for url in new:
            pool.submit(fetch, url).add_done_callback(arrived)

    with ThreadPoolExecutor(workers) as pool:
        pool.submit(fetch, start).add_done_callback(arrived)
        with changed:
            changed.wait_for(lambda: missing == 0)
    return found
