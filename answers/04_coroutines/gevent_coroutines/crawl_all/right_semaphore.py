"""A semaphore bounds how many of the greenlets are at work."""

import gevent
from gevent.lock import BoundedSemaphore


def crawl_all(urls, fetch, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    slots = BoundedSemaphore(size)

    def job(url):
        with slots:
            return fetch(url)

    greenlets = [gevent.spawn(job, url) for url in urls]
    try:
        return [greenlet.get() for greenlet in greenlets]
    finally:
        gevent.killall(greenlets)
