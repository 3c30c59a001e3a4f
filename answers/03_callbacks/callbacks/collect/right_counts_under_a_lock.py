"""A class whose callback puts each outcome in its dict and counts, under a lock; the last one wakes the caller."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor


class Collector:
    def __init__(self, total: int) -> None:
        self.values: dict[int, object] = {}
        self.errors: dict[int, BaseException] = {}
        self.total = total
        self.lock = threading.Lock()
        self.complete = threading.Event()
        if total == 0:
            self.complete.set()

    def __call__(self, index: int, future: Future) -> None:
        error = future.exception()
        with self.lock:
            if error is not None:
                self.errors[index] = error
            else:
                self.values[index] = future.result()
            if len(self.values) + len(self.errors) == self.total:
                self.complete.set()


def collect(jobs, workers):
    collector = Collector(len(jobs))
    pool = ThreadPoolExecutor(workers)
    try:
        for index, job in enumerate(jobs):
            pool.submit(job).add_done_callback(lambda future, index=index: collector(index, future))
        collector.complete.wait()
    finally:
        pool.shutdown()
    return collector.values, collector.errors
