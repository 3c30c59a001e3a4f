"""Is done with no urls before it looks at the limit.

Misconception: bad arguments pass where there is nothing to do
Fails fetch_limited-arguments: returned []
"""

import asyncio


async def fetch_limited(urls, fetch, limit):
    pages = []
    if len(urls) == 0:
        return pages
    if limit < 1:
        raise ValueError("a limit of at least 1, please")
    free = asyncio.Semaphore(limit)

    async def one(url):
        async with free:
            return await fetch(url)

    async with asyncio.TaskGroup() as group:
        pages = [group.create_task(one(url)) for url in urls]
    return [page.result() for page in pages]
