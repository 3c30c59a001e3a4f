"""Lets an asyncio event loop of its own wait for the threads of the pool."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    async def gather():
        loop = asyncio.get_running_loop()
        return await asyncio.gather(*(loop.run_in_executor(pool, fetch, url) for url in urls))

    with ThreadPoolExecutor(workers) as pool:
        return list(asyncio.run(gather()))
