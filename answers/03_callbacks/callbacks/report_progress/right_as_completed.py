"""The caller reports what `as_completed` gives; a job that failed ends the reports."""

from concurrent.futures import ThreadPoolExecutor, as_completed


def report_progress(jobs, on_progress, workers):
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(job) for job in jobs]
        for done, future in enumerate(as_completed(futures), start=1):
            future.result()
            on_progress(done, len(futures))
