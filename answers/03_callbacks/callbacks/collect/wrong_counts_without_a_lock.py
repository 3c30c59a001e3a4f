"""Counts in the callbacks as if one at a time ran; of two counts one can get lost, and the caller waits for ever.

Misconception: M7
Fails collect-threads: waits for ever
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial


def collect(jobs, workers):
    values, errors = {}, {}
    missing = len(jobs)
    complete = threading.Event()

    def gather(index, future):
        nonlocal missing
        if future.exception() is None:
            values[index] = future.result()
        else:
            errors[index] = future.exception()
        left = missing - 1
        missing = left
        if left == 0:
            complete.set()

    with ThreadPoolExecutor(workers) as pool:
        for index, job in enumerate(jobs):
            pool.submit(job).add_done_callback(partial(gather, index))
        if jobs:
            complete.wait()
    return values, errors
