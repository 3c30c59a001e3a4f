"""Looks every hundredth of a second whether there is room for another fetch."""

import asyncio


async def fetch_limited(urls, fetch, limit):
    if limit < 1:
        raise ValueError("the limit is too low")
    tasks = []
    async with asyncio.TaskGroup() as group:
        for url in urls:
            while sum(not task.done() for task in tasks) >= limit:
                await asyncio.sleep(0.01)
            tasks.append(group.create_task(fetch(url)))
    return [task.result() for task in tasks]
