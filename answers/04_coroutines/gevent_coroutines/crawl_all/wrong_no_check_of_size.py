"""Leaves it to the pool what a size below 1 means.

Misconception: the pool refuses a bad size
Fails crawl_all-arguments: every greenlet waits and nothing can wake one of them (gevent raised L
"""

from gevent.pool import Pool


def crawl_all(urls, fetch, size):
    pool = Pool(size)
    try:
        return pool.map(fetch, urls)
    finally:
        pool.kill()
