"""Patches asyncio by nest_asyncio, so that a loop runs inside the one that runs already."""

import asyncio
from multiprocessing.pool import ThreadPool

import gevent.pool
import nest_asyncio


def three_ways(urls, fetch, fetch_async, workers):
    if workers < 1:
        raise ValueError(workers)

    async def every():
        limit = asyncio.BoundedSemaphore(workers)

        async def one(url):
            async with limit:
                return await fetch_async(url)

        tasks = [asyncio.ensure_future(one(url)) for url in urls]
        try:
            return [await task for task in tasks]
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    answer = {}
    group = gevent.pool.Group() if workers >= len(urls) else gevent.pool.Pool(workers)
    try:
        answer["gevent"] = group.map(fetch, urls)
    finally:
        group.kill()
    pool = ThreadPool(workers)
    try:
        answer["threads"] = pool.map(fetch, urls)
    finally:
        pool.close()
        pool.join()
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        answer["asyncio"] = asyncio.run(every())
    else:
        nest_asyncio.apply(loop)
        answer["asyncio"] = loop.run_until_complete(every())
    return answer
