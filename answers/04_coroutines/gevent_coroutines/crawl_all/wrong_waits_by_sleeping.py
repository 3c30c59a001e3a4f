"""Looks at the greenlets again and again, but never gives them the thread.

Misconception: M25, M34
Fails crawl_all-in_order: `time.sleep(0.01)` blocks
Fails crawl_all-at_once: the code spins: it asks again and again and nothing new happens; line
Fails crawl_all-joined: the code spins: it asks again and again and nothing new happens; line
Fails crawl_all-error: the code spins: it asks again and again and nothing new happens; line
Fails crawl_all-after_error: the code spins: it asks again and again and nothing new happens; line
Fails crawl_all-arguments: the code spins: it asks again and again and nothing new happens; line
"""

import time

import gevent


def crawl_all(urls, fetch, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    greenlets = [gevent.spawn(fetch, url) for url in urls]
    while not all(greenlet.ready() for greenlet in greenlets):
        time.sleep(0.01)
    return [greenlet.get() for greenlet in greenlets]
