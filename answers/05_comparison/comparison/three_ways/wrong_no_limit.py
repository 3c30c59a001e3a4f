"""Starts all coroutines at once, whatever `workers` says.

Misconception: M31
Fails three_ways-at_once: 6 jobs were running at the same time
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from gevent.pool import Pool


def three_ways(urls, fetch, fetch_async, workers):
    if workers < 1:
        raise ValueError("workers")

    async def one(url):
        async with asyncio.Semaphore(workers):
            return await fetch_async(url)

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
