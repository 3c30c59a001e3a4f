"""Keeps the futures by index and sorts them into the dicts when the pool has been left."""

from concurrent.futures import ThreadPoolExecutor


def collect(jobs, workers):
    with ThreadPoolExecutor(workers) as pool:
        futures = dict(enumerate(map(pool.submit, jobs)))
    failures = {index: f.exception() for index, f in futures.items() if f.exception() is not None}
    return {index: f.result() for index, f in futures.items() if index not in failures}, failures
