"""Hands in every job first and asks the futures for their results after the block."""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    futures = []
    with ThreadPoolExecutor(workers) as executor:
        for url in urls:
            futures.append(executor.submit(fetch, url))
    return [future.result() for future in futures]
