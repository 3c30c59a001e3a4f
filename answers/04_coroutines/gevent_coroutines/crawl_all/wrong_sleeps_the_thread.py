"""Waits politely between two requests, with the sleep that stops the whole thread.

Misconception: M25
Fails crawl_all-at_once: `time.sleep(0.1)` blocks: it stopped the whole thread
"""

import time

from gevent.pool import Pool


def crawl_all(urls, fetch, size):
    if size < 1:
        raise ValueError("size must be at least 1")

    def politely(url):
        page = fetch(url)
        time.sleep(0.1)
        return page

    pool = Pool(size)
    try:
        return pool.map(politely, urls)
    finally:
        pool.kill()
