"""Waits until all futures are done, which they are before their callbacks are called.

Misconception: M3
Fails run_with_callback-nothing_left: Who waits until they have ended?
Fails run_with_callback-threads: the sorted calls of on_result is
"""

import functools
from concurrent.futures import ThreadPoolExecutor, wait


def run_with_callback(jobs, on_result, workers):
    errors = []

    def hand_over(index, future):
        try:
            on_result(index, future.result())
        except Exception as error:
            errors.append(error)

    pool = ThreadPoolExecutor(workers)
    futures = [pool.submit(job) for job in jobs]
    for index, future in enumerate(futures):
        future.add_done_callback(functools.partial(hand_over, index))
    wait(futures)
    pool.shutdown(wait=False)
    if errors:
        raise errors[0]
