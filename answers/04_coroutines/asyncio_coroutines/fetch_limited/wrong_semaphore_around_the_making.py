"""Holds the semaphore only while it makes the task.

Misconception: M31
Fails fetch_limited-limit: 10 fetch jobs were running at the same time
"""

import asyncio


async def fetch_limited(urls, fetch, limit):
    if limit < 1:
        raise ValueError("limit must be at least 1")
    free, tasks = asyncio.Semaphore(limit), []
    async with asyncio.TaskGroup() as group:
        for url in urls:
            async with free:
                tasks.append(group.create_task(fetch(url)))
    return [task.result() for task in tasks]
