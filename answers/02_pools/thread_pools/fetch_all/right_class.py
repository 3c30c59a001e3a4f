"""A class whose instances are called; the pool is a subclass that hands in a list of jobs."""

from concurrent.futures import ThreadPoolExecutor


class ListPool(ThreadPoolExecutor):
    def submit_each(self, function, arguments):
        return [self.submit(function, argument) for argument in arguments]


class FetchAll:
    def __call__(self, urls, fetch, workers):
        with ListPool(workers) as pool:
            futures = pool.submit_each(fetch, urls)
            return [future.result() for future in futures]


fetch_all = FetchAll()
