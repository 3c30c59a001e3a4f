"""A class whose `workers` loops take urls from an iterator under a lock and keep the report."""

import threading
from concurrent.futures import ThreadPoolExecutor


class Report:
    def __init__(self, urls, fetch):
        self.urls = iter(urls)
        self.fetch = fetch
        self.lock = threading.Lock()
        self.pages = {}
        self.errors = {}

    def next_url(self):
        with self.lock:
            return next(self.urls, None)

    def loop(self):
        while (url := self.next_url()) is not None:
            try:
                page = self.fetch(url)
            except Exception as error:
                with self.lock:
                    self.errors[url] = error
            else:
                with self.lock:
                    self.pages[url] = page


def fetch_report(urls, fetch, workers):
    if workers < 1:
        raise ValueError("workers must be at least 1")
    report = Report(urls, fetch)
    with ThreadPoolExecutor(workers) as pool:
        for _ in range(workers):
            pool.submit(report.loop)
    return report.pages, report.errors
