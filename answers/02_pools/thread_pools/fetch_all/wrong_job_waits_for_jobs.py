"""One job of the pool hands the fetches to the same pool and waits for them there.

Misconception: M9
Fails fetch_all-at_once: only 2 at the same time: fetch('a'), fetch('b')
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    def everything():
        futures = [pool.submit(fetch, url) for url in urls]
        return [future.result() for future in futures]

    with ThreadPoolExecutor(workers) as pool:
        return pool.submit(everything).result()
