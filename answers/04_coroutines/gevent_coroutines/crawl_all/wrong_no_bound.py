"""A group has no bound, so all fetches run at once.

Misconception: a Group bounds like a Pool
Fails crawl_all-at_once: 8 fetch jobs were running at the same time
"""

from gevent.pool import Group


def crawl_all(urls, fetch, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    group = Group()
    try:
        return group.map(fetch, urls)
    finally:
        group.kill()
