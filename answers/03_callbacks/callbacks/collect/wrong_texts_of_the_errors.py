"""Keeps the texts of the exceptions and not the exceptions.

Misconception: M4
Fails collect-both: {1: "'b'"}
Fails collect-nothing_swallowed: 0: 'down'
"""

from concurrent.futures import ThreadPoolExecutor


def collect(jobs, workers):
    values, errors = {}, {}

    def gather(index):
        def callback(future):
            if future.exception() is not None:
                errors[index] = str(future.exception())
            else:
                values[index] = future.result()

        return callback

    with ThreadPoolExecutor(workers) as pool:
        for index, job in enumerate(jobs):
            pool.submit(job).add_done_callback(gather(index))
    return values, errors
