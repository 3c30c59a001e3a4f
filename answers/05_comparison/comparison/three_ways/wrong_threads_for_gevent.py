"""Hands fetch to gevent's pool of threads.

Misconception: whatever comes from gevent is a greenlet
Fails three_ways-workers: in threads: 'a', 'a', 'b', 'b'
Fails three_ways-errors: OSError('c is down') reaches the caller
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from gevent.threadpool import ThreadPool


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
    pool = ThreadPool(workers)
    try:
        greenlets = [pool.spawn(fetch, url) for url in urls]
        pool.join()
    finally:
        pool.kill()
    with ThreadPoolExecutor(1) as lane:
        pages = lane.submit(asyncio.run, every()).result()
    return {"threads": threads, "gevent": [each.get() for each in greenlets], "asyncio": pages}
