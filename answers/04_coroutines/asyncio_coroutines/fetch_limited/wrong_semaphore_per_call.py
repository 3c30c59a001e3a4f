"""Makes a new semaphore at each call, so that nobody waits.

Misconception: M31
Fails fetch_limited-limit: 10 fetch jobs were running at the same time
"""

import asyncio


async def fetch_limited(urls, fetch, limit):
    if limit < 1:
        raise ValueError("limit must be at least 1")

    async def one(url):
        async with asyncio.Semaphore(limit):
            return await fetch(url)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(url)) for url in urls]
    return [task.result() for task in tasks]
