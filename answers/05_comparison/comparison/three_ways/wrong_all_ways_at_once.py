"""Does the three ways side by side, so that three times as many fetches run.

Misconception: the more, the better
Fails three_ways-at_once: at the same time: fetch
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

    def by_gevent():
        pool = Pool(workers)
        greenlets = [pool.spawn(fetch, url) for url in urls]
        pool.join()
        return [each.get() for each in greenlets]

    def by_threads():
        with ThreadPoolExecutor(workers) as pool:
            return list(pool.map(fetch, urls))

    with ThreadPoolExecutor(3) as lanes:
        ways = {
            "threads": lanes.submit(by_threads),
            "gevent": lanes.submit(by_gevent),
            "asyncio": lanes.submit(lambda: asyncio.run(every())),
        }
    return {name: way.result() for name, way in ways.items()}
