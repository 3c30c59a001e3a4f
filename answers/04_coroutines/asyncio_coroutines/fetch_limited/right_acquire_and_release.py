"""Takes a place before it makes the task, and gives it back in a callback."""

import asyncio


async def fetch_limited(urls, fetch, limit):
    if limit < 1:
        raise ValueError(limit)
    free, tasks = asyncio.BoundedSemaphore(limit), []
    try:
        for url in urls:
            await free.acquire()
            task = asyncio.create_task(fetch(url))
            task.add_done_callback(lambda _: free.release())
            tasks.append(task)
        return list(await asyncio.gather(*tasks))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
