"""Never looks at the limit: with none, it waits for ever.

Misconception: arguments unchecked
Fails fetch_limited-arguments: the call never ends
"""

import asyncio


async def fetch_limited(urls, fetch, limit):
    free = asyncio.Semaphore(limit)

    async def one(url):
        async with free:
            return await fetch(url)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(url)) for url in urls]
    return [task.result() for task in tasks]
