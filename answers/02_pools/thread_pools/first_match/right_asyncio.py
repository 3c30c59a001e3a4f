"""Waits in an event loop of its own for the next task that is done."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


def first_match(urls, fetch, wanted, workers):
    async def search(pool):
        loop = asyncio.get_running_loop()
        running = {loop.run_in_executor(pool, fetch, url): url for url in urls}
        while running:
            done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for future in done:
                url = running.pop(future)
                if wanted(future.result()):
                    return url

    pool = ThreadPoolExecutor(workers)
    try:
        return asyncio.run(search(pool))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
