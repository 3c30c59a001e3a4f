"""Waits for each result with a generous limit, and says so when it is exceeded."""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(fetch, url) for url in urls]
        return [future.result(timeout=3600) for future in futures]
