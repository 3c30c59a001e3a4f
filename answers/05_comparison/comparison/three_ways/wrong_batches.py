"""Waits for a whole batch of greenlets before it starts the next.

Misconception: M2
Fails three_ways-at_once: only 2 of the greenlets at the same time
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import gevent


def three_ways(urls, fetch, fetch_async, workers):
    if workers < 1:
        raise ValueError("workers")

    async def every():
        places = asyncio.Semaphore(workers)

        async def one(url):
            async with places:
                return await fetch_async(url)

        return await asyncio.gather(*map(one, urls))

    with ThreadPoolExecutor(workers) as pool:
        threads = list(pool.map(fetch, urls))
    pages = []
    for first in range(0, len(urls), workers):
        batch = [gevent.spawn(fetch, url) for url in urls[first : first + workers]]
        gevent.joinall(batch)
        pages += [each.get() for each in batch]
    with ThreadPoolExecutor(1) as lane:
        return {"threads": threads, "gevent": pages, "asyncio": lane.submit(asyncio.run, every()).result()}
