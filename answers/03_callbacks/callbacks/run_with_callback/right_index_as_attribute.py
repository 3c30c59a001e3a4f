"""Pins the index to the future before the callback is added, and keeps the first exception."""

from concurrent.futures import ThreadPoolExecutor


def run_with_callback(jobs, on_result, workers):
    failed = None

    def callback(future):
        nonlocal failed
        try:
            on_result(future.index, future.result())
        except Exception as error:
            failed = failed or error

    with ThreadPoolExecutor(max_workers=workers) as pool:
        for index in range(len(jobs)):
            future = pool.submit(jobs[index])
            future.index = index
            future.add_done_callback(callback)
    if failed:
        raise failed
