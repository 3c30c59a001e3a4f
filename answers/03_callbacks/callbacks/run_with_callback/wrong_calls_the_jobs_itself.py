"""Calls each job while submitting, and hands its value to the pool.

Misconception: M1
Fails run_with_callback-order: 2 is not being worked on; download(0) is
Fails run_with_callback-as_it_ends: 2 is not being worked on; download(0) is
Fails run_with_callback-at_once: download(0) ran in the thread that called run_with_callback
Fails run_with_callback-threads: not callable
Fails run_with_callback-callback_errors: Which is handed over to be called
Fails run_with_callback-arguments: Which index belongs to which value, and is None a value?
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

    with ThreadPoolExecutor(workers) as pool:
        for index, job in enumerate(jobs):
            pool.submit(job()).add_done_callback(functools.partial(hand_over, index))
    if errors:
        raise errors[0]
