"""Adds the callback first and notes the index afterwards: the callback of a quick job finds nothing.

Misconception: M7
Fails run_with_callback-threads: KeyError
Fails run_with_callback-errors: The first job has failed before the last is handed to the pool. Which
"""

from concurrent.futures import ThreadPoolExecutor


def run_with_callback(jobs, on_result, workers):
    index_of, errors = {}, []

    def callback(future):
        try:
            on_result(index_of[future], future.result())
        except Exception as error:
            errors.append(error)

    with ThreadPoolExecutor(workers) as pool:
        for index, job in enumerate(jobs):
            future = pool.submit(job)
            future.add_done_callback(callback)
            index_of[future] = index
    if errors:
        raise errors[0]
