"""Hands the blocking fetch to threads from its coroutines.

Misconception: any await makes it asyncio
Fails three_ways-workers: in threads: 'a', 'a', 'b', 'b'
Fails three_ways-errors: OSError('c is down') reaches the caller
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from gevent.pool import Pool


def three_ways(urls, fetch, fetch_async, workers):
    if workers < 1:
        raise ValueError("workers")

    async def every():
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(workers) as pool:
            return await asyncio.gather(*[loop.run_in_executor(pool, fetch, url) for url in urls])

    with ThreadPoolExecutor(workers) as pool:
        threads = list(pool.map(fetch, urls))
    pool = Pool(workers)
    greenlets = [pool.spawn(fetch, url) for url in urls]
    pool.join()
    with ThreadPoolExecutor(1) as lane:
        pages = lane.submit(asyncio.run, every()).result()
    return {"threads": threads, "gevent": [each.get() for each in greenlets], "asyncio": pages}
