"""A group of workers takes numbered urls from a queue until it is empty."""

from gevent.pool import Group
from gevent.queue import Empty, Queue


class Crawl:
    def __init__(self, urls, fetch):
        self.fetch, self.todo, self.pages, self.error = fetch, Queue(), {}, None
        for item in enumerate(urls):
            self.todo.put(item)

    def work(self):
        while self.error is None:
            try:
                number, url = self.todo.get_nowait()
            except Empty:
                return
            try:
                self.pages[number] = self.fetch(url)
            except Exception as error:
                self.error = error


def crawl_all(urls, fetch, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    crawl, group = Crawl(urls, fetch), Group()
    for _ in range(min(size, len(urls))):
        group.spawn(crawl.work)
    group.join()
    if crawl.error is not None:
        raise crawl.error
    return [page for _, page in sorted(crawl.pages.items())]
