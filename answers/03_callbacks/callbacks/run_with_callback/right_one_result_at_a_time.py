"""A class whose callbacks hand over one result at a time, under a lock, and count down until all have ended."""

import threading
from concurrent.futures import ThreadPoolExecutor


class Runner:
    def __init__(self, jobs, on_result):
        self.jobs, self.on_result = jobs, on_result
        self.changed = threading.Condition()
        self.missing = len(jobs)
        self.error = None

    def callback(self, index):
        def hand_over(future):
            with self.changed:
                try:
                    if (error := future.exception()) is None:
                        self.on_result(index, future.result())
                except Exception as raised:
                    error = raised
                if error is not None and self.error is None:
                    self.error = error
                self.missing -= 1
                self.changed.notify()

        return hand_over

    def run(self, workers):
        pool = ThreadPoolExecutor(workers)
        for index, job in enumerate(self.jobs):
            pool.submit(job).add_done_callback(self.callback(index))
        with self.changed:
            self.changed.wait_for(lambda: self.missing == 0)
        pool.shutdown()
        if self.error is not None:
            raise self.error


def run_with_callback(jobs, on_result, workers):
    Runner(jobs, on_result).run(workers)
