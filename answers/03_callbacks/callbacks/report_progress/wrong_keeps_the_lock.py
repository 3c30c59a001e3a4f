"""Does not give the lock back when `on_progress` raises: the next callback waits for ever.

Misconception: M15
Fails report_progress-callback_errors: the call never ends
"""

import threading
from concurrent.futures import ThreadPoolExecutor


def report_progress(jobs, on_progress, workers):
    lock = threading.Lock()
    done = 0
    errors = []

    def report(future):
        nonlocal done
        try:
            lock.acquire()
            done += 1
            on_progress(done, len(jobs))
            lock.release()
            future.result()
        except Exception as error:
            errors.append(error)

    with ThreadPoolExecutor(workers) as pool:
        for job in jobs:
            pool.submit(job).add_done_callback(report)
    if errors:
        raise errors[0]
