"""Waits for the whole batch before the next one begins.

Misconception: a pool works in batches
Fails crawl_all-at_once: ran, while fetch('d') waited
"""

import gevent


def crawl_all(urls, fetch, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    pages = []
    for begin in range(0, len(urls), size):
        greenlets = [gevent.spawn(fetch, url) for url in urls[begin : begin + size]]
        gevent.joinall(greenlets)
        pages += [greenlet.get() for greenlet in greenlets]
    return pages
