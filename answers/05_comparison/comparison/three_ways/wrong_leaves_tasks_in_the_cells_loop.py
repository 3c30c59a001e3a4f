"""Runs its coroutines in the loop that runs already, where the others go on when one has raised.

Misconception: `gather` ends the others when one raises
Fails three_ways-in_a_cell: while fetch_async('b') was still running
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import nest_asyncio
from gevent.pool import Pool


def three_ways(urls, fetch, fetch_async, workers):
    if workers < 1:
        raise ValueError("workers must be at least 1")
    pages = {}
    with ThreadPoolExecutor(workers) as executor:
        pages["threads"] = list(executor.map(fetch, urls))
    pool = Pool(workers)
    greenlets = [pool.spawn(fetch, url) for url in urls]
    pool.join()
    pages["gevent"] = [greenlet.get() for greenlet in greenlets]

    async def by_coroutines():
        places = asyncio.Semaphore(workers)

        async def one(url):
            async with places:
                return await fetch_async(url)

        return await asyncio.gather(*(one(url) for url in urls))

    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        pages["asyncio"] = asyncio.run(by_coroutines())
    else:
        nest_asyncio.apply(loop)
        pages["asyncio"] = loop.run_until_complete(by_coroutines())
    return pages
