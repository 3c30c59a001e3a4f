"""Spawns greenlets and reads what they have not done yet.

Misconception: M33
Fails three_ways-in_order: 'gevent': [None, None, None, None]
Fails three_ways-at_once: so far jobs ran in threads and in coroutines; now the call has returned
Fails three_ways-workers: in greenlets: nothing
Fails three_ways-errors: OSError('c is down') reaches the caller
Fails three_ways-arguments: 'gevent': [None]
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
    greenlets = [gevent.spawn(fetch, url) for url in urls]
    with ThreadPoolExecutor(1) as lane:
        pages = lane.submit(asyncio.run, every()).result()
    return {"threads": threads, "gevent": [each.value for each in greenlets], "asyncio": pages}
