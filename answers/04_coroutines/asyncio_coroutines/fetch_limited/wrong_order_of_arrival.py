"""Takes the pages in the order in which they come.

Misconception: M29
Fails fetch_limited-in_order: the order in which the jobs ended
"""

import asyncio


async def fetch_limited(urls, fetch, limit):
    if limit < 1:
        raise ValueError("limit must be at least 1")
    free, pages = asyncio.Semaphore(limit), []

    async def one(url):
        async with free:
            pages.append(await fetch(url))

    async with asyncio.TaskGroup() as group:
        for url in urls:
            group.create_task(one(url))
    return pages
