"""Takes the pages of the tasks in the order of finishing.

Misconception: M29
Fails three_ways-in_order: 'asyncio': ['page
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

        return [await task for task in asyncio.as_completed(map(one, urls))]

    with ThreadPoolExecutor(workers) as pool:
        threads = list(pool.map(fetch, urls))
    pool = Pool(workers)
    greenlets = [pool.spawn(fetch, url) for url in urls]
    pool.join()
    with ThreadPoolExecutor(1) as lane:
        pages = lane.submit(asyncio.run, every()).result()
    return {"threads": threads, "gevent": [each.get() for each in greenlets], "asyncio": pages}
