"""Waits for each job before it hands in the next one.

Misconception: M2
Fails collect-at_once: only 1 at a time, one after the other
"""

from concurrent.futures import ThreadPoolExecutor, wait


def collect(jobs, workers):
    values, errors = {}, {}
    with ThreadPoolExecutor(workers) as pool:
        for index, job in enumerate(jobs):
            future = pool.submit(job)
            wait([future])
            if future.exception() is None:
                values[index] = future.result()
            else:
                errors[index] = future.exception()
    return values, errors
