"""Spawns all greenlets and asks at once for values that are not there yet.

Misconception: M33
Fails crawl_all-in_order: returned [None, None, None, None, None, None] while
Fails crawl_all-at_once: 8 fetch jobs were running at the same time
Fails crawl_all-joined: the call returned while fetch('a')
Fails crawl_all-error: returned [None, None, None, None]
Fails crawl_all-after_error: the call returned while
Fails crawl_all-arguments: returned [None] while fetch('a') was still running
"""

import gevent


def crawl_all(urls, fetch, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    greenlets = [gevent.spawn(fetch, url) for url in urls]
    return [greenlet.value for greenlet in greenlets]
