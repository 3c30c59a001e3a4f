"""Takes gevent's pool of threads for its pool of greenlets.

Misconception: a ThreadPool of gevent runs greenlets
Fails crawl_all-at_once: fetch jobs ran in other threads
"""

from gevent.threadpool import ThreadPool


def crawl_all(urls, fetch, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    pool = ThreadPool(size)
    try:
        return pool.map(fetch, urls)
    finally:
        pool.kill()
