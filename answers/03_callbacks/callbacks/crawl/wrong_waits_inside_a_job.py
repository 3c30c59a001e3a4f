"""Each job waits in its worker for the pages that it has found, until no worker is free to fetch them.

Misconception: M9
Fails crawl-at_once: only 2 at the same time
Fails crawl-goes_on: only 1 at the same time
Fails crawl-full_pool: Which worker is free to fetch it?
Fails crawl-threads: waits for ever
Fails crawl-errors: Who should wake the one that waits here, and can it still do so?
"""

import threading
from concurrent.futures import ThreadPoolExecutor


def crawl(start, fetch, links, workers):
    found, lock = {start}, threading.Lock()

    def visit(url):
        futures = []
        for link in links(fetch(url)):
            with lock:
                if link in found:
                    continue
                found.add(link)
            futures.append(pool.submit(visit, link))
        for future in futures:
            future.result()

    with ThreadPoolExecutor(workers) as pool:
        pool.submit(visit, start).result()
    return found
