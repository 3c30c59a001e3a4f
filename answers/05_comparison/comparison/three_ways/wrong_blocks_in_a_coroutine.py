"""Calls the blocking fetch in its coroutines.

Misconception: M25
Fails three_ways-at_once: fetch('a') was called in a coroutine, and its whole event loop stood still
Fails three_ways-workers: in coroutines: nothing, in coroutines that stopped their event loop
Fails three_ways-errors: OSError('c is down') reaches the caller
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from gevent.pool import Pool


def three_ways(urls, fetch, fetch_async, workers):
    if workers < 1:
        raise ValueError("workers")

    async def one(url):
        return fetch(url)

    async def every():
        return await asyncio.gather(*map(one, urls))

    with ThreadPoolExecutor(workers) as pool:
        threads = list(pool.map(fetch, urls))
    pool = Pool(workers)
    greenlets = [pool.spawn(fetch, url) for url in urls]
    pool.join()
    with ThreadPoolExecutor(1) as lane:
        pages = lane.submit(asyncio.run, every()).result()
    return {"threads": threads, "gevent": [each.get() for each in greenlets], "asyncio": pages}
