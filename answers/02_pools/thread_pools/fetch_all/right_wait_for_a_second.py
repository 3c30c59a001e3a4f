"""Waits a second at most, looks how far it is, and waits again."""

from concurrent.futures import ThreadPoolExecutor, wait


def fetch_all(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(fetch, url) for url in urls]
        pending = set(futures)
        while pending:
            _, pending = wait(pending, timeout=1)
        return [future.result() for future in futures]
