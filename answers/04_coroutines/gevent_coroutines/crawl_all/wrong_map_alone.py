"""Lets the pool map, and forgets what still runs when one fetch has failed.

Misconception: the pool ends its greenlets by itself when one has failed
Fails crawl_all-after_error: the call raised while
"""

from gevent.pool import Pool


def crawl_all(urls, fetch, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    return Pool(size).map(fetch, urls)
