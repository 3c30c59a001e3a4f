"""Asks without a pause whether all are ready.

Misconception: M34
Fails crawl_all-in_order: the code spins
Fails crawl_all-at_once: the code spins: it asks again and again and nothing new happens
Fails crawl_all-joined: the code spins: it asks again and again and nothing new happens
Fails crawl_all-error: the code spins: it asks again and again and nothing new happens
Fails crawl_all-after_error: the code spins: it asks again and again and nothing new happens
Fails crawl_all-arguments: the code spins: it asks again and again and nothing new happens
"""

import gevent
from gevent.pool import Pool


def crawl_all(urls, fetch, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    pool = Pool(size)
    greenlets = [pool.spawn(fetch, url) for url in urls]
    while not all(greenlet.ready() for greenlet in greenlets):
        gevent.sleep(0)
    return [greenlet.get() for greenlet in greenlets]
