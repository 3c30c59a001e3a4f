"""Makes a pool of the default size and never looks at `workers`.

Misconception: leaves the number of workers to the default
Fails collect-at_once: What bounds the number of workers here?
Fails collect-arguments: started: 0, 1
"""

from concurrent.futures import ThreadPoolExecutor
from functools import partial


def collect(jobs, workers):
    values, errors = {}, {}

    def gather(index, future):
        if error := future.exception():
            errors[index] = error
        else:
            values[index] = future.result()

    with ThreadPoolExecutor() as pool:
        for index, job in enumerate(jobs):
            pool.submit(job).add_done_callback(partial(gather, index))
    return values, errors
