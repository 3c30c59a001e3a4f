"""Gives `on_result` the future in the place of its value.

Misconception: takes a future for its result
Fails run_with_callback-order: a Future object
Fails run_with_callback-threads: a Future object
Fails run_with_callback-errors: returned None
Fails run_with_callback-callback_errors: returned None
Fails run_with_callback-arguments: Which index belongs to which value, and is None a value?
"""

from concurrent.futures import ThreadPoolExecutor


def run_with_callback(jobs, on_result, workers):
    with ThreadPoolExecutor(workers) as pool:
        for index, job in enumerate(jobs):
            pool.submit(job).add_done_callback(lambda future, index=index: on_result(index, future))
