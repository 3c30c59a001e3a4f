"""Callbacks put the futures into a queue; one thread, the caller, takes them out and reports."""

import queue
from concurrent.futures import ThreadPoolExecutor


def report_progress(jobs, on_progress, workers):
    ended = queue.Queue()
    with ThreadPoolExecutor(workers) as pool:
        for job in jobs:
            pool.submit(job).add_done_callback(ended.put)
        for done in range(1, len(jobs) + 1):
            future = ended.get()
            on_progress(done, len(jobs))
            future.result()
