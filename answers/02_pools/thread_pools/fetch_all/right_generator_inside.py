"""A generator owns the pool and gives the pages one by one; the function only makes a list of it."""

from concurrent.futures import ThreadPoolExecutor


def _pages(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(fetch, urls)


def fetch_all(urls, fetch, workers):
    return list(_pages(urls, fetch, workers))
