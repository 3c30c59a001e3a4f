"""Calls fetch and gives its page to the pool.

Misconception: M1
Fails crawl_all-at_once: ran in the greenlet that called crawl_all
"""

from gevent.pool import Pool


def crawl_all(urls, fetch, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    pool = Pool(size)
    greenlets = [pool.spawn(lambda page: page, fetch(url)) for url in urls]
    pool.join()
    return [greenlet.value for greenlet in greenlets]
