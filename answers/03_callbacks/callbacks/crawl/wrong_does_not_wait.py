"""Returns the set that the callbacks are still to fill.

Misconception: M3
Fails crawl-found: returned {'/'} while fetch('/') was still running
Fails crawl-once: returned {'/'} while fetch('/') was still running
Fails crawl-threads: the sorted list of pages
Fails crawl-nothing_left: How does the code know that no page is on its way any more?
Fails crawl-errors: returned {'/'}
Fails crawl-links_errors: returned {'/'}
Fails crawl-goes_on: A page has arrived, and its links are still being looked for. Is
"""

import threading
from concurrent.futures import ThreadPoolExecutor


def crawl(start, fetch, links, workers):
    pool = ThreadPoolExecutor(workers)
    found, lock = {start}, threading.Lock()

    def arrived(future):
        with lock:
            new = [url for url in links(future.result()) if url not in found]
            found.update(new)
        for url in dict.fromkeys(new):
            pool.submit(fetch, url).add_done_callback(arrived)

    pool.submit(fetch, start).add_done_callback(arrived)
    return found
