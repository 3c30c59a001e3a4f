"""Callbacks only put the futures into a queue; the caller takes them out and calls `on_result` itself."""

import queue
from concurrent.futures import ThreadPoolExecutor


def run_with_callback(jobs, on_result, workers):
    ended = queue.SimpleQueue()
    with ThreadPoolExecutor(workers) as pool:
        for index, job in enumerate(jobs):
            pool.submit(job).add_done_callback(lambda future, index=index: ended.put((index, future)))
        for _ in jobs:
            index, future = ended.get()
            on_result(index, future.result())
