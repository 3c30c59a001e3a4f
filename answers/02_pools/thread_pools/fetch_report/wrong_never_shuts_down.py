"""Has all that it wants from the futures, and leaves the threads of the pool.

Misconception: M3
Fails fetch_report-at_once: the call returned and left 3 threads behind
"""

from concurrent.futures import ThreadPoolExecutor, wait


class Fetcher:
    pools = []

    def futures(self, urls, fetch, workers):
        pool = ThreadPoolExecutor(workers)
        self.pools.append(pool)
        return {url: pool.submit(fetch, url) for url in urls}


def fetch_report(urls, fetch, workers):
    futures = Fetcher().futures(urls, fetch, workers)
    wait(futures.values())
    pages = {url: future.result() for url, future in futures.items() if not future.exception()}
    errors = {url: future.exception() for url, future in futures.items() if future.exception()}
    return pages, errors
