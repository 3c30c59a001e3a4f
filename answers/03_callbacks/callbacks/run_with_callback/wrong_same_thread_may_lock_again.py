"""Holds an RLock while it waits and takes it in the callback, as if that ran in the same thread.

Misconception: M7
Fails run_with_callback-order: and every thread waits
Fails run_with_callback-as_it_ends: Job 2 has ended, the others are still running
Fails run_with_callback-at_once: only 2 at the same time
Fails run_with_callback-nothing_left: the call never ends
Fails run_with_callback-threads: waits for ever at line
Fails run_with_callback-errors: never ends
Fails run_with_callback-callback_errors: never ends
Fails run_with_callback-arguments: Which index belongs to which value, and is None a value?
"""

import threading
from concurrent.futures import ThreadPoolExecutor


def run_with_callback(jobs, on_result, workers):
    lock = threading.RLock()
    errors = []

    def callback(index):
        def hand_over(future):
            with lock:
                try:
                    on_result(index, future.result())
                except Exception as error:
                    errors.append(error)

        return hand_over

    with lock, ThreadPoolExecutor(workers) as pool:
        for index, job in enumerate(jobs):
            pool.submit(job).add_done_callback(callback(index))
    if errors:
        raise errors[0]
