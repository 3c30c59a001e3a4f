"""Makes the lock inside the callback, so that each has its own.

Misconception: M12
Fails report_progress-one_at_a_time: Each job ends in a thread of its own. What lets the first call begin
Fails report_progress-threads: the list of the calls of on_progress
"""

import threading
from concurrent.futures import ThreadPoolExecutor


def report_progress(jobs, on_progress, workers):
    done = 0
    errors = []

    def report(future):
        nonlocal done
        with threading.Lock():
            done += 1
            try:
                on_progress(done, len(jobs))
                future.result()
            except Exception as error:
                errors.append(error)

    with ThreadPoolExecutor(workers) as pool:
        for job in jobs:
            pool.submit(job).add_done_callback(report)
    if errors:
        raise errors[0]
