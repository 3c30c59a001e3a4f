"""Callbacks that submit with callbacks, counted by a condition; stops following links after the first error."""

import threading
from concurrent.futures import ThreadPoolExecutor


class Crawler:
    def __init__(self, fetch, links, workers):
        self.fetch, self.links = fetch, links
        self.pool = ThreadPoolExecutor(workers)
        self.condition = threading.Condition(threading.Lock())
        self.known = set()
        self.open = 0
        self.error = None

    def visit(self, url):
        with self.condition:
            if url in self.known or self.error is not None:
                return
            self.known.add(url)
            self.open += 1
        self.pool.submit(self.fetch, url).add_done_callback(self.read)

    def read(self, future):
        try:
            for url in self.links(future.result()):
                self.visit(url)
        except BaseException as error:
            with self.condition:
                self.error = self.error or error
        finally:
            with self.condition:
                self.open -= 1
                self.condition.notify_all()

    def run(self, start):
        with self.pool:
            self.visit(start)
            with self.condition:
                self.condition.wait_for(lambda: not self.open)
        if self.error is not None:
            raise self.error
        return self.known


def crawl(start, fetch, links, workers):
    return Crawler(fetch, links, workers).run(start)
