"""Hands over only what arrives in the thread that called, where callbacks are believed to run.

Misconception: M7
Fails run_with_callback-order: the calls of on_result: []
Fails run_with_callback-as_it_ends: the calls of on_result: []
Fails run_with_callback-threads: the sorted calls of on_result
Fails run_with_callback-callback_errors: returned None
Fails run_with_callback-arguments: Which index belongs to which value, and is None a value?
"""

import functools
import threading
from concurrent.futures import ThreadPoolExecutor


def run_with_callback(jobs, on_result, workers):
    caller = threading.current_thread()
    errors = []

    def hand_over(index, future):
        try:
            value = future.result()
            if threading.current_thread() is caller:
                on_result(index, value)
        except Exception as error:
            errors.append(error)

    with ThreadPoolExecutor(workers) as pool:
        for index, job in enumerate(jobs):
            pool.submit(job).add_done_callback(functools.partial(hand_over, index))
    if errors:
        raise errors[0]
