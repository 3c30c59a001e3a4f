"""Needs no callback of its own: `as_completed` lets its callbacks wake the caller, who hands the values over."""

from concurrent.futures import ThreadPoolExecutor, as_completed


def run_with_callback(jobs, on_result, workers):
    with ThreadPoolExecutor(workers) as pool:
        index_of = {pool.submit(job): index for index, job in enumerate(jobs)}
        for future in as_completed(index_of):
            on_result(index_of[future], future.result())
