"""Waits for each greenlet before it spawns the next.

Misconception: M2
Fails crawl_all-at_once: one after the other
"""

import gevent


def crawl_all(urls, fetch, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    return [gevent.spawn(fetch, url).get() for url in urls]
