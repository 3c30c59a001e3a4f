"""Reports all the steps when all jobs have ended.

Misconception: M6
Fails report_progress-as_it_goes: Which job does the code wait for before it reports one that has ended?
Fails report_progress-one_at_a_time: that go on at the same time: []
"""

from concurrent.futures import ThreadPoolExecutor


def report_progress(jobs, on_progress, workers):
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(job) for job in jobs]
    for done, future in enumerate(futures, 1):
        future.result()
        on_progress(done, len(jobs))
