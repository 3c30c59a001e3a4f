"""Asks each future for its result inside the callback, and catches what that raises."""

from concurrent.futures import ThreadPoolExecutor


def collect(jobs, workers):
    values = {}
    errors = {}

    def callback_for(index):
        def callback(future):
            try:
                values[index] = future.result()
            except Exception as error:
                errors[index] = error

        return callback

    with ThreadPoolExecutor(workers) as pool:
        for index, job in enumerate(jobs):
            future = pool.submit(job)
            future.add_done_callback(callback_for(index))
    return values, errors
