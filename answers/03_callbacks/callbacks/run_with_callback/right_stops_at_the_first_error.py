"""Cancels what has not begun as soon as anything fails; a job that was cancelled is no error."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial


def run_with_callback(jobs, on_result, workers):
    if workers < 1:
        raise ValueError(f"workers is {workers}, but must be 1 or more")
    errors = []
    futures = []

    def hand_over(index, future):
        if future.cancelled():
            return
        try:
            on_result(index, future.result())
        except Exception as error:
            errors.append(error)
            for other in list(futures):
                other.cancel()

    with ThreadPoolExecutor(workers) as pool:
        for index, job in enumerate(jobs):
            future = pool.submit(job)
            futures.append(future)
            future.add_done_callback(partial(hand_over, index))
    for error in errors:
        raise error
