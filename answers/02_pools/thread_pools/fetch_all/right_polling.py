"""Looks again and again whether all are done."""

import time
from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(fetch, url) for url in urls]
        while not all(future.done() for future in futures):
            time.sleep(0.01)
        return [future.result() for future in futures]
