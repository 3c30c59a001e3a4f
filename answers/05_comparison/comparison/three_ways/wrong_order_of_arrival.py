"""Takes the pages of the greenlets as they come.

Misconception: M6
Fails three_ways-in_order: 'gevent': ['page
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
    pages = []
    pool = Pool(workers)
    greenlets = [pool.spawn(lambda url: pages.append(fetch(url)), url) for url in urls]
    pool.join()
    for each in greenlets:
        each.get()
    with ThreadPoolExecutor(1) as lane:
        return {"threads": threads, "gevent": pages, "asyncio": lane.submit(asyncio.run, every()).result()}
