"""A class that keeps pool, futures and their urls together."""

from concurrent.futures import ThreadPoolExecutor, as_completed


class Search:
    def __init__(self, fetch, wanted, workers):
        self.pool = ThreadPoolExecutor(workers, thread_name_prefix="search")
        self.fetch, self.wanted = fetch, wanted
        self.url_of = {}

    def start(self, urls):
        self.url_of.update((self.pool.submit(self.fetch, url), url) for url in urls)
        return self

    def first(self):
        return next(filter(self.is_match, as_completed(self.url_of)), None)

    def is_match(self, future):
        return self.wanted(future.result())

    def close(self):
        self.pool.shutdown(wait=False, cancel_futures=True)


def first_match(urls, fetch, wanted, workers):
    search = Search(fetch, wanted, workers)
    try:
        match = search.start(urls).first()
        return None if match is None else search.url_of[match]
    finally:
        search.close()
