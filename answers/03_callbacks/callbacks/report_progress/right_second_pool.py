"""A second pool with a single worker makes the reports, one after the other."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count


def report_progress(jobs, on_progress, workers):
    numbers = count(1)
    reports, futures = [], []

    def report():
        on_progress(next(numbers), len(jobs))

    with ThreadPoolExecutor(1) as reporter:
        with ThreadPoolExecutor(workers) as pool:
            for job in jobs:
                future = pool.submit(job)
                future.add_done_callback(lambda _: reports.append(reporter.submit(report)))
                futures.append(future)
    for future in futures + reports:
        future.result()
