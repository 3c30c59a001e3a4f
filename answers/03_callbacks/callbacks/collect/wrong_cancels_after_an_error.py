"""Cancels the jobs that have not begun when one fails, and gathers a CancelledError for them.

Misconception: one bad job spoils the others
Fails collect-nothing_swallowed: CancelledError
Fails collect-at_once: at the same time
"""

from concurrent.futures import CancelledError, ThreadPoolExecutor
from functools import partial


def collect(jobs, workers):
    values, errors, futures = {}, {}, []

    def gather(index, future):
        try:
            values[index] = future.result()
        except CancelledError as error:
            errors[index] = error
        except Exception as error:
            errors[index] = error
            for other in futures:
                other.cancel()

    with ThreadPoolExecutor(workers) as pool:
        for job in jobs:
            futures.append(pool.submit(job))
        for index, future in enumerate(futures):
            future.add_done_callback(partial(gather, index))
    return values, errors
