"""Waits in an event loop of its own with `asyncio.as_completed`."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


def first_match(urls, fetch, wanted, workers):
    async def search():
        loop = asyncio.get_running_loop()

        async def get(url):
            return url, await loop.run_in_executor(pool, fetch, url)

        for arrival in asyncio.as_completed([get(url) for url in urls]):
            url, page = await arrival
            if wanted(page):
                return url

    pool = ThreadPoolExecutor(workers)
    try:
        return asyncio.run(search())
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
