"""Waits for a free slot by itself, and looks at the greenlets now and then instead of joining them."""

import gevent
from gevent.pool import Pool


def crawl_all(urls, fetch, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    pool, greenlets = Pool(size), []
    for url in urls:
        pool.wait_available()
        greenlets.append(pool.apply_async(fetch, (url,)))
    while not all(greenlet.ready() for greenlet in greenlets):
        gevent.sleep(0.1)
    return [greenlet.get() for greenlet in greenlets]
