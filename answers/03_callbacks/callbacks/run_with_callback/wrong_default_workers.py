"""Makes a pool of the default size and never looks at `workers`.

Misconception: leaves the number of workers to the default
Fails run_with_callback-at_once: What bounds the number of workers here?
Fails run_with_callback-arguments: started: 0, 1
"""

import functools
from concurrent.futures import ThreadPoolExecutor


def run_with_callback(jobs, on_result, workers):
    errors = []

    def hand_over(index, future):
        try:
            on_result(index, future.result())
        except Exception as error:
            errors.append(error)

    with ThreadPoolExecutor() as pool:
        for index, job in enumerate(jobs):
            pool.submit(job).add_done_callback(functools.partial(hand_over, index))
    if errors:
        raise errors[0]
