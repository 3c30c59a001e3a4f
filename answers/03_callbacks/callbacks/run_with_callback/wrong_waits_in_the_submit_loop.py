"""Asks each future for its result before it hands in the next job.

Misconception: M2
Fails run_with_callback-order: 2 is not being worked on; download(0) is
Fails run_with_callback-as_it_ends: 2 is not being worked on; download(0) is
Fails run_with_callback-at_once: only 1 at a time, one after the other
Fails run_with_callback-nothing_left: What does the code wait for before it starts this one?
"""

from concurrent.futures import ThreadPoolExecutor


def run_with_callback(jobs, on_result, workers):
    with ThreadPoolExecutor(workers) as pool:
        for index, job in enumerate(jobs):
            on_result(index, pool.submit(job).result())
