"""Asks without a pause whether there is room.

Misconception: M34
Fails fetch_limited-in_order: goes on and on
Fails fetch_limited-limit: goes on and on
Fails fetch_limited-no_gaps: goes on and on
Fails fetch_limited-errors: goes on and on
"""

import asyncio


async def fetch_limited(urls, fetch, limit):
    if limit < 1:
        raise ValueError("limit must be at least 1")
    tasks = []
    async with asyncio.TaskGroup() as group:
        for url in urls:
            while sum(not task.done() for task in tasks) >= limit:
                await asyncio.sleep(0)
            tasks.append(group.create_task(fetch(url)))
    return [task.result() for task in tasks]
