"""Follows every link, known or not, and so goes round and round.

Misconception: forgets that links may lead back
Fails crawl-found: 201 jobs were started
Fails crawl-once: 201 jobs were started
Fails crawl-threads: ['/', '/a', '/b', '/c', '/c']
"""

import queue
from concurrent.futures import ThreadPoolExecutor


def crawl(start, fetch, links, workers):
    arrived = queue.SimpleQueue()
    found, missing = set(), 1
    with ThreadPoolExecutor(workers) as pool:
        pool.submit(fetch, start).add_done_callback(arrived.put)
        found.add(start)
        while missing:
            urls = links(arrived.get().result())
            missing -= 1
            for url in urls:
                found.add(url)
                missing += 1
                pool.submit(fetch, url).add_done_callback(arrived.put)
    return found
