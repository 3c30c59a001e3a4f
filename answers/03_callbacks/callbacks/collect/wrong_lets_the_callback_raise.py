"""Asks a failed future for its result inside the callback: that raises, is logged, and nothing is gathered.

Misconception: M8
Fails collect-both: Which index has each job, and what does `future.result()` do in a
Fails collect-nothing_swallowed: Which jobs are missing
"""

from concurrent.futures import ThreadPoolExecutor
from functools import partial


def collect(jobs, workers):
    values, errors = {}, {}

    def gather(index, future):
        values[index] = future.result()
        if future.exception():
            errors[index] = future.exception()

    with ThreadPoolExecutor(workers) as pool:
        for index, job in enumerate(jobs):
            pool.submit(job).add_done_callback(partial(gather, index))
    return values, errors
