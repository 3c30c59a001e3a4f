"""Lets `joinall` raise the first error, and kills the others then."""

import gevent
from gevent.pool import Pool


def crawl_all(urls: list, fetch, size: int) -> list:
    if size <= 0:
        raise ValueError("no room")
    pool = Pool(size)
    greenlets = []
    try:
        for url in urls:
            greenlets.append(pool.spawn(fetch, url))
        gevent.joinall(greenlets, raise_error=True)
    except Exception:
        gevent.killall(greenlets)
        raise
    return [greenlet.value for greenlet in greenlets]
