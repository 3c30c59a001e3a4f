"""Waits for the futures in the order of the list.

Misconception: M6
Fails run_with_callback-order: the calls of on_result: [(0, 'a'), (1, 'b'), (2, 'c'), (3, 'd')]
Fails run_with_callback-as_it_ends: Job 2 has ended, the others are still running
"""

from concurrent.futures import ThreadPoolExecutor


def run_with_callback(jobs, on_result, workers):
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(job) for job in jobs]
        for index, future in enumerate(futures):
            on_result(index, future.result())
