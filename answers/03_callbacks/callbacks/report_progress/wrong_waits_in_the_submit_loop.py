"""Waits for each job before it hands in the next one, and needs no lock then.

Misconception: M2
Fails report_progress-as_it_goes: 2 is not being worked on; download(0) is
Fails report_progress-one_at_a_time: 1 is not being worked on; download(0) is
Fails report_progress-at_once: only 1 at a time, one after the other
"""

from concurrent.futures import ThreadPoolExecutor


def report_progress(jobs, on_progress, workers):
    with ThreadPoolExecutor(workers) as pool:
        for done, job in enumerate(jobs, 1):
            pool.submit(job).result()
            on_progress(done, len(jobs))
