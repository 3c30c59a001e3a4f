"""Leaves a report out when another one is going on.

Misconception: a report that comes too early may be dropped
Fails report_progress-one_at_a_time: the calls of on_progress that go on at the same time: []
Fails report_progress-threads: the list of the calls of on_progress
"""

import threading
from concurrent.futures import ThreadPoolExecutor


def report_progress(jobs, on_progress, workers):
    counting, reporting = threading.Lock(), threading.Lock()
    done = 0
    errors = []

    def report(future):
        nonlocal done
        with counting:
            done += 1
            number = done
        if reporting.acquire(blocking=False):
            try:
                on_progress(number, len(jobs))
                future.result()
            except Exception as error:
                errors.append(error)
            finally:
                reporting.release()

    with ThreadPoolExecutor(workers) as pool:
        for job in jobs:
            pool.submit(job).add_done_callback(report)
    if errors:
        raise errors[0]
