"""Checks its argument by itself, has no `with`, and shuts the pool down in `finally`, without what has not begun."""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    if workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
    pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="fetch")
    try:
        return list(pool.map(fetch, urls))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
