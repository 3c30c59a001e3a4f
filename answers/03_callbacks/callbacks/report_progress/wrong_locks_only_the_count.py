"""Guards the count by a lock and reports outside of it.

Misconception: M7
Fails report_progress-one_at_a_time: Each job ends in a thread of its own. What lets the first call begin
Fails report_progress-threads: Between counting and calling, what may another thread have done?
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
            number = done
        try:
            on_progress(number, len(jobs))
            future.result()
        except Exception as error:
            errors.append(error)

    with ThreadPoolExecutor(workers) as pool:
        for job in jobs:
            pool.submit(job).add_done_callback(report)
    if errors:
        raise errors[0]
