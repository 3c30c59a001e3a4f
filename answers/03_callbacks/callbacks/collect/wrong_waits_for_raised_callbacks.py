"""The callback counts after it has asked for the result: the one that raises never counts, and the caller waits.

Misconception: M8
Fails collect-both: the call never ends
Fails collect-nothing_swallowed: the call never ends
Fails collect-nothing_left: the call never ends
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial


def collect(jobs, workers):
    values, errors = {}, {}
    counted = threading.Semaphore(0)

    def gather(index, future):
        values[index] = future.result()
        counted.release()

    with ThreadPoolExecutor(workers) as pool:
        for index, job in enumerate(jobs):
            pool.submit(job).add_done_callback(partial(gather, index))
        for _ in jobs:
            counted.acquire()
    return values, errors
