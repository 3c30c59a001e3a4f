"""Reports the place of the job in the list in the place of the number of jobs that have ended.

Misconception: M6
Fails report_progress-counts: What is counted, and when?
Fails report_progress-as_it_goes: [(3, 3)]
Fails report_progress-one_at_a_time: [(2, 3)]
Fails report_progress-threads: the list of the calls
Fails report_progress-errors: What is counted, and when?
Fails report_progress-callback_errors: A call has raised. Was it made all the same, and which number has the
"""

import threading
from concurrent.futures import ThreadPoolExecutor


def report_progress(jobs, on_progress, workers):
    lock = threading.Lock()
    errors = []

    def callback(number):
        def report(future):
            with lock:
                try:
                    on_progress(number, len(jobs))
                    future.result()
                except Exception as error:
                    errors.append(error)

        return report

    with ThreadPoolExecutor(workers) as pool:
        for number, job in enumerate(jobs, 1):
            pool.submit(job).add_done_callback(callback(number))
    if errors:
        raise errors[0]
