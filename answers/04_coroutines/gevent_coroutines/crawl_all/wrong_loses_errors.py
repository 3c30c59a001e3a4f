"""Reads the values only; what a greenlet raised stays in it.

Misconception: M4
Fails crawl_all-error: returned ['page a', 'page b', None, 'page d']
"""

import gevent
from gevent.pool import Pool


def crawl_all(urls, fetch, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    pool = Pool(size)
    greenlets = [pool.spawn(fetch, url) for url in urls]
    gevent.joinall(greenlets)
    return [greenlet.value for greenlet in greenlets]
