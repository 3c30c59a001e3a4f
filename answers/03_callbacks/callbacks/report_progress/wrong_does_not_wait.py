"""Waits for the jobs but not for the callbacks, nor for the threads.

Misconception: M3
Fails report_progress-nothing_left: was still running
Fails report_progress-callback_errors: returned None
Fails report_progress-threads: [(1, 3), (2, 3)]
"""

import threading
from concurrent.futures import ThreadPoolExecutor, wait


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

    pool = ThreadPoolExecutor(workers)
    futures = [pool.submit(job) for job in jobs]
    for future in futures:
        future.add_done_callback(report)
    wait(futures)
    pool.shutdown(wait=False)
    if errors:
        raise errors[0]
