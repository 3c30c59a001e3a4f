"""Takes a bad number of workers for 1.

Misconception: a bad argument is repaired in silence
Fails report_progress-arguments: started: 0
"""

import threading
from concurrent.futures import ThreadPoolExecutor


def report_progress(jobs, on_progress, workers):
    lock = threading.Lock()
    done = 0
    errors = []

    def report(future):
        nonlocal done
        with lock:
            done += 1
            try:
                on_progress(done, len(jobs))
                future.result()
            except Exception as error:
                errors.append(error)

    with ThreadPoolExecutor(max(workers, 1)) as pool:
        for job in jobs:
            pool.submit(job).add_done_callback(report)
    if errors:
        raise errors[0]
