"""Counts under one lock and reports under another one: between the two, a later number may overtake.

Misconception: M13
Fails report_progress-threads: Between counting and calling, what may another thread have done?
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
        try:
            with reporting:
                on_progress(number, len(jobs))
            future.result()
        except Exception as error:
            errors.append(error)

    with ThreadPoolExecutor(workers) as pool:
        for job in jobs:
            pool.submit(job).add_done_callback(report)
    if errors:
        raise errors[0]
