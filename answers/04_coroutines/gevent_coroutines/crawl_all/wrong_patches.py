"""Patches the process of the kernel, as the notes' program does with its own.

Misconception: the notebook's own process may be patched
Fails crawl_all-in_order: crawl_all is not defined
Fails crawl_all-at_once: crawl_all is not defined
Fails crawl_all-joined: crawl_all is not defined
Fails crawl_all-error: crawl_all is not defined
Fails crawl_all-after_error: crawl_all is not defined
Fails crawl_all-arguments: crawl_all is not defined
"""

import gevent
from gevent import monkey

monkey.patch_all()


def crawl_all(urls, fetch, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    greenlets = [gevent.spawn(fetch, url) for url in urls]
    gevent.joinall(greenlets, raise_error=True)
    return [greenlet.value for greenlet in greenlets]
