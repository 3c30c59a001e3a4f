"""A context manager of its own takes the place of `with ThreadPoolExecutor`, which would wait."""

from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager


@contextmanager
def impatient_pool(workers):
    pool = ThreadPoolExecutor(workers)
    try:
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def pages_by_arrival(pool, urls, fetch):
    def job(url):
        return url, fetch(url)

    for future in as_completed([pool.submit(job, url) for url in urls]):
        yield future.result()


def first_match(urls, fetch, wanted, workers):
    with impatient_pool(workers) as pool:
        for url, page in pages_by_arrival(pool, urls, fetch):
            if wanted(page):
                return url
    return None
