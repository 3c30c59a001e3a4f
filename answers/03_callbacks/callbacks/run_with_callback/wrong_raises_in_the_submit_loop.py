"""Looks for an error after each job that it hands in, and raises it at once, whatever is running.

Misconception: an exception needs to wait for nobody
Fails run_with_callback-errors: the jobs that run while the exception reaches the caller is [2]
"""

import functools
from concurrent.futures import ThreadPoolExecutor


def run_with_callback(jobs, on_result, workers):
    errors = []

    def hand_over(index, future):
        try:
            on_result(index, future.result())
        except Exception as error:
            errors.append(error)

    pool = ThreadPoolExecutor(workers)
    for index, job in enumerate(jobs):
        pool.submit(job).add_done_callback(functools.partial(hand_over, index))
        if errors:
            pool.shutdown(wait=False)
            raise errors[0]
    pool.shutdown()
    if errors:
        raise errors[0]
