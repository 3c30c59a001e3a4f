"""Takes a value that is false, such as None or 0, for a sign that the job has raised.

Misconception: a value that is false is no value
Fails collect-nothing_swallowed: 1: None
"""

from concurrent.futures import ThreadPoolExecutor
from functools import partial


def collect(jobs, workers):
    values, errors = {}, {}

    def gather(index, future):
        try:
            if value := future.result():
                values[index] = value
            else:
                errors[index] = future.exception()
        except Exception as error:
            errors[index] = error

    with ThreadPoolExecutor(workers) as pool:
        for index, job in enumerate(jobs):
            pool.submit(job).add_done_callback(partial(gather, index))
    return values, errors
