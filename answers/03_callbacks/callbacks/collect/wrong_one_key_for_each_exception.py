"""Has the exceptions as keys, sorted out by their text, so that of two alike one is lost.

Misconception: what looks the same is the same
Fails collect-nothing_swallowed: Which jobs are missing
"""

from concurrent.futures import ThreadPoolExecutor
from functools import partial


def collect(jobs, workers):
    values, index_of = {}, {}

    def gather(index, future):
        try:
            values[index] = future.result()
        except Exception as error:
            index_of[repr(error)] = (index, error)

    with ThreadPoolExecutor(workers) as pool:
        for index, job in enumerate(jobs):
            pool.submit(job).add_done_callback(partial(gather, index))
    return values, dict(index_of.values())
