"""Callbacks put the pages into their slots; an event tells when the last one, or an error, is there."""

from functools import partial

from gevent.event import AsyncResult
from gevent.pool import Pool


def crawl_all(urls, fetch, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    if not urls:
        return []
    slots, missing, done = [None] * len(urls), set(range(len(urls))), AsyncResult()

    def arrived(number, greenlet):
        missing.discard(number)
        if greenlet.successful():
            slots[number] = greenlet.value
            if not missing:
                done.set(slots)
        elif not done.ready():
            done.set_exception(greenlet.exception)

    pool = Pool(size)
    for number, url in enumerate(urls):
        pool.spawn(fetch, url).rawlink(partial(arrived, number))
    try:
        return done.get()
    finally:
        pool.kill()
