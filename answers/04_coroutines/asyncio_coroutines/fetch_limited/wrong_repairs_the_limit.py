"""Takes a limit below one for one.

Misconception: arguments repaired
Fails fetch_limited-arguments: begun: 'a', 'b'
"""

import asyncio


async def fetch_limited(urls, fetch, limit):
    free = asyncio.Semaphore(max(limit, 1))

    async def one(url):
        async with free:
            return await fetch(url)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(url)) for url in urls]
    return [task.result() for task in tasks]
