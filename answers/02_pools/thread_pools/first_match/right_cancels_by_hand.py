"""Cancels each future that is left by itself, and then lets the pool go."""

from concurrent.futures import ThreadPoolExecutor, as_completed


def first_match(urls, fetch, wanted, workers):
    if workers < 1:
        raise ValueError("workers must be 1 or more")
    pool = ThreadPoolExecutor(workers)
    futures = {pool.submit(fetch, url): url for url in urls}
    try:
        found = next((futures[f] for f in as_completed(futures) if wanted(f.result())), None)
    finally:
        for future in futures:
            future.cancel()
        pool.shutdown(wait=False)
    return found
