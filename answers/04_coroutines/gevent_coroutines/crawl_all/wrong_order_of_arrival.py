"""Returns the pages in the order in which they arrive.

Misconception: M6
Fails crawl_all-in_order: question:  Is each page kept
"""

from gevent.pool import Pool


def crawl_all(urls, fetch, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    pool = Pool(size)
    try:
        return list(pool.imap_unordered(fetch, urls))
    finally:
        pool.kill()
