"""Calls asyncio.run in the calling thread, where a loop may be running already.

Misconception: a notebook's cell is a script
Fails three_ways-in_a_cell: A loop runs in this thread already
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
    pool = Pool(workers)
    greenlets = [pool.spawn(fetch, url) for url in urls]
    pool.join()
    return {"threads": threads, "gevent": [each.get() for each in greenlets], "asyncio": asyncio.run(every())}
