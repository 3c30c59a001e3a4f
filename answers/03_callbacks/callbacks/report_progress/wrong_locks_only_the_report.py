"""Counts outside of the lock under which it reports: the count has gone on when its turn comes.

Misconception: M7
Fails report_progress-one_at_a_time: [(3, 3)]
Fails report_progress-threads: the list of the calls of on_progress
"""

import threading
from concurrent.futures import ThreadPoolExecutor


def report_progress(jobs, on_progress, workers):
    lock = threading.Lock()
    done = 0
    errors = []

    def report(future):
        nonlocal done
        done += 1
        with lock:
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
