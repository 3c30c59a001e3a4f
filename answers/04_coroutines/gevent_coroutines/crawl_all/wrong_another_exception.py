"""Wraps the exception of a fetch in one of its own.

Misconception: the caller wants another exception
Fails crawl_all-error: raised RuntimeError
"""

from gevent.pool import Pool


def crawl_all(urls, fetch, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    pool = Pool(size)
    greenlets = [pool.spawn(fetch, url) for url in urls]
    pool.join()
    for url, greenlet in zip(urls, greenlets, strict=True):
        if not greenlet.successful():
            raise RuntimeError(f"{url} failed")
    return [greenlet.value for greenlet in greenlets]
