"""Leaves the shutting down to an `ExitStack`, and takes a free place of a semaphore in each job as well."""

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls: list, fetch, workers: int) -> list:
    if workers <= 0:
        raise ValueError("at least one worker is needed")
    places = threading.BoundedSemaphore(workers)

    def guarded(url):
        with places:
            return fetch(url)

    with contextlib.ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(max(1, len(urls))))
        futures = tuple(pool.submit(guarded, url) for url in urls)
        return [future.result() for future in futures]
