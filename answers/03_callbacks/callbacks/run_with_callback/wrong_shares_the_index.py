"""Keeps the index for `on_result` in one variable for all callbacks, as if one at a time ran.

Misconception: M7
Fails run_with_callback-threads: the sorted calls of on_result
"""

from concurrent.futures import ThreadPoolExecutor


def run_with_callback(jobs, on_result, workers):
    index_of = {}
    current = None
    errors = []

    def callback(future):
        nonlocal current
        current = index_of[id(future)]
        try:
            value = future.result()
            on_result(current, value)
        except Exception as error:
            errors.append(error)

    with ThreadPoolExecutor(workers) as pool:
        futures = []
        for index, job in enumerate(jobs):
            future = pool.submit(job)
            index_of[id(future)] = index
            future.add_done_callback(callback)
            futures.append(future)
    if errors:
        raise errors[0]
