"""Callbacks note the values in the right order, but `on_result` is called when all jobs have ended.

Misconception: gathering in a callback is handing over
Fails run_with_callback-as_it_ends: the calls of on_result: []
"""

from concurrent.futures import ThreadPoolExecutor


def run_with_callback(jobs, on_result, workers):
    ended = []
    with ThreadPoolExecutor(workers) as pool:
        for index, job in enumerate(jobs):
            pool.submit(job).add_done_callback(lambda future, index=index: ended.append((index, future)))
    for index, future in ended:
        on_result(index, future.result())
