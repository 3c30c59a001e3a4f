"""Each callback finishes a second future with what `on_result` did; the caller waits for those."""

from concurrent.futures import Future, ThreadPoolExecutor


def run_with_callback(jobs, on_result, workers):
    def chained(index, job):
        handed_over = Future()

        def callback(future):
            try:
                handed_over.set_result(on_result(index, future.result()))
            except Exception as error:
                handed_over.set_exception(error)

        pool.submit(job).add_done_callback(callback)
        return handed_over

    with ThreadPoolExecutor(workers) as pool:
        for handed_over in [chained(index, job) for index, job in enumerate(jobs)]:
            handed_over.result()
