"""Lets the callback raise: the exceptions of jobs and of `on_result` are logged, and the caller learns nothing.

Misconception: M8
Fails run_with_callback-errors: Where does the exception go?
Fails run_with_callback-callback_errors: What does Python do with an exception that leaves a callback
"""

import functools
from concurrent.futures import ThreadPoolExecutor


def run_with_callback(jobs, on_result, workers):
    def hand_over(index, future):
        on_result(index, future.result())

    with ThreadPoolExecutor(workers) as pool:
        for index, job in enumerate(jobs):
            pool.submit(job).add_done_callback(functools.partial(hand_over, index))
