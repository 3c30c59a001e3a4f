"""Spawns one greenlet for each url, joins the pool, and then asks each greenlet for its page."""

from gevent.pool import Pool


def crawl_all(urls, fetch, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    pool = Pool(size)
    greenlets = [pool.spawn(fetch, url) for url in urls]
    pool.join()
    return [greenlet.get() for greenlet in greenlets]
