"""The callback reads the variable of the loop, which has gone on by the time the job ends.

Misconception: a function keeps the value that a variable had when it was made
Fails run_with_callback-order: the calls of on_result: [(3, 'c'), (3, 'a'), (3, 'd'), (3, 'b')]
Fails run_with_callback-as_it_ends: the calls of on_result: [2, 2]
Fails run_with_callback-threads: the sorted calls of on_result
Fails run_with_callback-arguments: Which index belongs to which value, and is None a value?
"""

from concurrent.futures import ThreadPoolExecutor


def run_with_callback(jobs, on_result, workers):
    errors = []
    with ThreadPoolExecutor(workers) as pool:
        for index, job in enumerate(jobs):

            def callback(future):
                try:
                    on_result(index, future.result())
                except Exception as error:
                    errors.append(error)

            pool.submit(job).add_done_callback(callback)
    if errors:
        raise errors[0]
