"""Spawns in a pool, which makes the loop wait for free slots, but never joins the last ones.

Misconception: M33
Fails crawl_all-in_order: None
Fails crawl_all-joined: the call returned while fetch('d'), fetch('e') were still running
Fails crawl_all-error: returned [None, None, None, None]
Fails crawl_all-after_error: the call returned while fetch('a'), fetch('b'), fetch('c'), fetch('d')
Fails crawl_all-arguments: returned [None] while fetch('a') was still running
"""

from gevent.pool import Pool


def crawl_all(urls, fetch, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    pool = Pool(size)
    greenlets = [pool.spawn(fetch, url) for url in urls]
    return [greenlet.value for greenlet in greenlets]
