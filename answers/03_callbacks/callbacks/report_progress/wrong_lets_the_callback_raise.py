"""Lets `on_progress` raise in the callback, where the exception is logged and dropped.

Misconception: M8
Fails report_progress-callback_errors: What does Python do with an exception that leaves a callback
"""

import threading
from concurrent.futures import ThreadPoolExecutor


def report_progress(jobs, on_progress, workers):
    lock = threading.Lock()
    done = 0

    def report(future):
        nonlocal done
        with lock:
            done += 1
            on_progress(done, len(jobs))

    futures = []
    with ThreadPoolExecutor(workers) as pool:
        for job in jobs:
            futures.append(pool.submit(job))
            futures[-1].add_done_callback(report)
    for future in futures:
        future.result()
