"""Shuts the pool down without waiting, as if the callbacks had been called by then.

Misconception: M3, M7
Fails collect-both: returned ({}, {})
Fails collect-nothing_swallowed: returned ({}, {})
Fails collect-nothing_left: the call returned while download(0)
Fails collect-threads: the result is ({}, {})
Fails collect-arguments: Which index has each of two like jobs, and was the exception raised,
"""

from concurrent.futures import ThreadPoolExecutor
from functools import partial


def collect(jobs, workers):
    values, errors = {}, {}

    def gather(index, future):
        if future.exception() is None:
            values[index] = future.result()
        else:
            errors[index] = future.exception()

    pool = ThreadPoolExecutor(workers)
    for index, job in enumerate(jobs):
        pool.submit(job).add_done_callback(partial(gather, index))
    pool.shutdown(wait=False)
    return values, errors
