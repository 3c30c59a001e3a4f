"""Reads the whole of `map` inside the `with` block."""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    with ThreadPoolExecutor(max_workers=workers) as pool:
        pages = [*pool.map(fetch, urls)]
    return pages
