"""Callbacks put the pages that have arrived into a queue; the caller reads them and hands new urls to the pool."""

import queue
from concurrent.futures import ThreadPoolExecutor


def crawl(start, fetch, links, workers):
    arrived = queue.SimpleQueue()
    seen = set()
    on_their_way = 0
    with ThreadPoolExecutor(workers) as pool:
        found = [start]
        while found or on_their_way:
            for url in found:
                if url not in seen:
                    seen.add(url)
                    on_their_way += 1
                    pool.submit(fetch, url).add_done_callback(arrived.put)
            if on_their_way:
                found = links(arrived.get().result())
                on_their_way -= 1
            else:
                found = []
    return seen
