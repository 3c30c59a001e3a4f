"""Makes no more threads than there are urls, and answers at once when there are none."""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    if not isinstance(workers, int) or workers < 1:
        raise ValueError("workers: a whole number from 1")
    if not urls:
        return []
    with ThreadPoolExecutor(min(workers, len(urls))) as pool:
        results = pool.map(fetch, urls)
        return [next(results) for _ in urls]
