"""Counts a job when it begins.

Misconception: a job that was begun is done
Fails report_progress-as_it_goes: Is a job done when it begins?
Fails report_progress-one_at_a_time: is not being worked on
Fails report_progress-nothing_left: is not being worked on
"""

import threading
from concurrent.futures import ThreadPoolExecutor


def report_progress(jobs, on_progress, workers):
    lock = threading.Lock()
    done = 0

    def run(job):
        nonlocal done
        with lock:
            done += 1
            on_progress(done, len(jobs))
        job()

    with ThreadPoolExecutor(workers) as pool:
        for future in [pool.submit(run, job) for job in jobs]:
            future.result()
