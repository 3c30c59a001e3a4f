"""Numbers the values in the order in which they arrive, as if that were the order of the list.

Misconception: M6
Fails run_with_callback-order: the calls of on_result: [(0, 'c'), (1, 'a'), (2, 'd'), (3, 'b')]
Fails run_with_callback-as_it_ends: the calls of on_result: [0]
Fails run_with_callback-threads: (0, 'b')
Fails run_with_callback-arguments: Which index belongs to which value, and is None a value?
"""

from concurrent.futures import ThreadPoolExecutor, as_completed


def run_with_callback(jobs, on_result, workers):
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(job) for job in jobs]
        for index, future in enumerate(as_completed(futures)):
            on_result(index, future.result())
