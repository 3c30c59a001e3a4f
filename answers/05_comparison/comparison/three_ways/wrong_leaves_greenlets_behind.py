"""Lets the first error of a greenlet out, and leaves the other greenlets where they are.

Misconception: the others end by themselves
Fails three_ways-nothing_left: the call raised OSError('a is down') while fetch(
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from gevent.pool import Pool


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
    greenlets = Pool(workers).map(fetch, urls)
    with ThreadPoolExecutor(1) as lane:
        pages = lane.submit(asyncio.run, every()).result()
    return {"threads": threads, "gevent": greenlets, "asyncio": pages}
