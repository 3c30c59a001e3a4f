"""Lets the pool map, and kills what is left of it however that ends."""

from gevent.pool import Pool


def crawl_all(urls, fetch, size):
    if size < 1:
        raise ValueError(f"a pool of {size} greenlets cannot fetch anything")
    pool = Pool(size)
    try:
        return pool.map(fetch, urls)
    finally:
        pool.kill()
