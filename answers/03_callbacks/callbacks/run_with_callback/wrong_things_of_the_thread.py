"""Keeps its list of errors and its count in a `threading.local`, which is empty in the threads of the callbacks.

Misconception: M7
Fails run_with_callback-order: the calls of on_result: []
Fails run_with_callback-as_it_ends: the calls of on_result: []
Fails run_with_callback-threads: the sorted calls of on_result
Fails run_with_callback-errors: returned None
Fails run_with_callback-callback_errors: returned None
Fails run_with_callback-arguments: Which index belongs to which value, and is None a value?
"""

import threading
from concurrent.futures import ThreadPoolExecutor


def run_with_callback(jobs, on_result, workers):
    mine = threading.local()
    mine.errors, mine.done = [], 0

    def callback(index, future):
        mine.done += 1
        try:
            on_result(index, future.result())
        except Exception as error:
            mine.errors.append(error)

    with ThreadPoolExecutor(workers) as pool:
        for index, job in enumerate(jobs):
            pool.submit(job).add_done_callback(lambda future, index=index: callback(index, future))
    for error in mine.errors:
        raise error
