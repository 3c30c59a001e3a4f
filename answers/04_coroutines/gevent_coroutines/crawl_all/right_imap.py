"""Reads the pages in their order while they arrive; ends those that are left by a join."""

from gevent.pool import Pool


def crawl_all(urls, fetch, size):
    if size < 1:
        raise ValueError("size must be 1 or more")
    pool = Pool(size=size)
    pages = pool.imap(fetch, urls)
    try:
        return list(pages)
    finally:
        pages.kill()
        pool.join()
