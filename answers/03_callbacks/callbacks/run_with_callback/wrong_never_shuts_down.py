"""Leaves the pool to itself: the function returns while the jobs run.

Misconception: M3
Fails run_with_callback-nothing_left: the call returned while download(0)
Fails run_with_callback-threads: the sorted calls of on_result
Fails run_with_callback-errors: returned None
Fails run_with_callback-callback_errors: returned None
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
        raise errors[0]
