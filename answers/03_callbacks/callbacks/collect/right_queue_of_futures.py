"""Callbacks put the futures, with their index in front, into a queue that the caller empties into two dicts."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from queue import Queue


def collect(jobs, workers):
    ended = Queue()

    def put(index, future):
        ended.put((index, future))

    with ThreadPoolExecutor(workers) as pool:
        for index, job in enumerate(jobs):
            pool.submit(job).add_done_callback(partial(put, index))
        outcomes = [ended.get() for _ in jobs]
    results = {index: future.result() for index, future in outcomes if not future.exception()}
    return results, {index: future.exception() for index, future in outcomes if index not in results}
