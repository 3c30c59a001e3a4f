"""Numbers the outcomes as they arrive.

Misconception: M6
Fails collect-both: returned ({0: 'c', 2: 'a'}, {1: KeyError('b')})
Fails collect-nothing_swallowed: Which jobs are missing, or in the wrong dict
Fails collect-threads: the result is ({0: 'b', 1: 'a'}, {})
Fails collect-arguments: Which index has each of two like jobs, and was the exception raised,
"""

import itertools
from concurrent.futures import ThreadPoolExecutor


def collect(jobs, workers):
    values, errors = {}, {}
    numbers = itertools.count()

    def gather(future):
        number = next(numbers)
        if future.exception() is None:
            values[number] = future.result()
        else:
            errors[number] = future.exception()

    with ThreadPoolExecutor(workers) as pool:
        for job in jobs:
            pool.submit(job).add_done_callback(gather)
    return values, errors
