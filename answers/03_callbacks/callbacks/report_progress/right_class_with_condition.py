"""An object that counts what has ended; a thread of its own reports each step when it is told."""

import threading
from concurrent.futures import ThreadPoolExecutor


class Progress:
    def __init__(self, total, on_progress):
        self.total, self.on_progress = total, on_progress
        self.ended = 0
        self.changed = threading.Condition()
        self.errors = []
        self.thread = threading.Thread(target=self.report, daemon=True)

    def callback(self, future):
        with self.changed:
            if future.exception() is not None:
                self.errors.append(future.exception())
            self.ended += 1
            self.changed.notify_all()

    def report(self):
        for done in range(1, self.total + 1):
            with self.changed:
                while self.ended < done:
                    self.changed.wait()
            try:
                self.on_progress(done, self.total)
            except Exception as error:
                self.errors.append(error)
                return

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.thread.join()


def report_progress(jobs, on_progress, workers):
    if workers < 1:
        raise ValueError("workers must be positive")
    with Progress(len(jobs), on_progress) as progress, ThreadPoolExecutor(workers) as pool:
        for job in jobs:
            pool.submit(job).add_done_callback(progress.callback)
    if progress.errors:
        raise progress.errors[0]
