"""Asks the futures for the exceptions of their jobs, but lets `on_result` raise in the callback.

Misconception: M8
Fails run_with_callback-callback_errors: What does Python do with an exception that leaves a callback
"""

from concurrent.futures import ThreadPoolExecutor


def run_with_callback(jobs, on_result, workers):
    def callback(index):
        def hand_over(future):
            if future.exception() is None:
                on_result(index, future.result())

        return hand_over

    futures = []
    with ThreadPoolExecutor(workers) as pool:
        for index, job in enumerate(jobs):
            future = pool.submit(job)
            future.add_done_callback(callback(index))
            futures.append(future)
    for future in futures:
        future.result()
