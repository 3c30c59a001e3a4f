"""Reports in the right way, but nobody asks the futures for the exceptions of their jobs.

Misconception: M4
Fails report_progress-errors: Who asks the futures for their exceptions?
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
            except Exception as error:
                errors.append(error)

    with ThreadPoolExecutor(workers) as pool:
        for job in jobs:
            pool.submit(job).add_done_callback(report)
    if errors:
        raise errors[0]
