"""Patches the modules of the kernel for gevent.

Misconception: gevent works only with patching
Fails three_ways-in_order: a call that patches the modules of the notebook's own process
Fails three_ways-at_once: a call that patches the modules of the notebook's own process
Fails three_ways-workers: a call that patches the modules of the notebook's own process
Fails three_ways-errors: a call that patches the modules of the notebook's own process
Fails three_ways-nothing_left: a call that patches the modules of the notebook's own process
Fails three_ways-in_a_cell: a call that patches the modules of the notebook's own process
Fails three_ways-arguments: a call that patches the modules of the notebook's own process
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from gevent import monkey
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

    with ThreadPoolExecutor(1) as lane:
        coroutines = lane.submit(asyncio.run, every()).result()
    with ThreadPoolExecutor(workers) as pool:
        threads = list(pool.map(fetch, urls))
    monkey.patch_all()
    pool = Pool(workers)
    greenlets = [pool.spawn(fetch, url) for url in urls]
    pool.join()
    return {"threads": threads, "gevent": [each.get() for each in greenlets], "asyncio": coroutines}
