"""Begins with asyncio, and finds out about bad `workers` when that is done.

Misconception: the pool will look at it
Fails three_ways-arguments: started: 'a'
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from gevent.pool import Pool


def three_ways(urls, fetch, fetch_async, workers):
    async def every():
        waiting, pages = list(enumerate(urls))[::-1], {}

        async def work():
            while waiting:
                index, url = waiting.pop()
                pages[index] = await fetch_async(url)

        await asyncio.gather(*[work() for _ in range(max(1, workers))])
        return [pages[index] for index in range(len(urls))]

    with ThreadPoolExecutor(1) as lane:
        coroutines = lane.submit(asyncio.run, every()).result()
    with ThreadPoolExecutor(workers) as pool:
        threads = list(pool.map(fetch, urls))
    pool = Pool(workers)
    greenlets = [pool.spawn(fetch, url) for url in urls]
    pool.join()
    return {"threads": threads, "gevent": [each.get() for each in greenlets], "asyncio": coroutines}
