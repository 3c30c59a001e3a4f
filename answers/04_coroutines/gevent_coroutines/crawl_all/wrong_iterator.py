"""Returns the iterator, and nobody runs through it.

Misconception: M5
Fails crawl_all-in_order: An iterator is not yet the list
Fails crawl_all-joined: the call returned while fetch('a'), fetch('b') were still running
Fails crawl_all-error: returned an IMap object
Fails crawl_all-after_error: the call returned while fetch('a'), fetch('b'), fetch('c'), fetch('d')
Fails crawl_all-arguments: returned an IMap object while fetch('a') was still running
"""

from gevent.pool import Pool


def crawl_all(urls, fetch, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    return Pool(size).imap(fetch, urls)
