"""Never shuts its thread pool down.

Misconception: M3
Fails three_ways-nothing_left: the call raised OSError('a is down') while fetch(
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from gevent.pool import Pool


def three_ways(urls, fetch, fetch_async, workers):
    async def every():
        places = asyncio.Semaphore(workers)

        async def one(url):
            async with places:
                return await fetch_async(url)

        return await asyncio.gather(*map(one, urls))

    threads = ThreadPoolExecutor(workers).map(fetch, urls)
    pages = list(threads)
    pool = Pool(workers)
    greenlets = [pool.spawn(fetch, url) for url in urls]
    pool.join()
    with ThreadPoolExecutor(1) as lane:
        coroutines = lane.submit(asyncio.run, every()).result()
    return {"threads": pages, "gevent": [each.get() for each in greenlets], "asyncio": coroutines}
