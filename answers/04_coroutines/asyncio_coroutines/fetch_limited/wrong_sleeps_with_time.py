"""Pauses with time.sleep before each fetch.

Misconception: M25
Fails fetch_limited-no_gaps: blocks: it stopped the whole event loop
"""

import asyncio
import time


async def fetch_limited(urls, fetch, limit):
    if limit < 1:
        raise ValueError("limit must be at least 1")
    free = asyncio.Semaphore(limit)

    async def one(url):
        async with free:
            time.sleep(0.1)
            return await fetch(url)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(url)) for url in urls]
    return [task.result() for task in tasks]
