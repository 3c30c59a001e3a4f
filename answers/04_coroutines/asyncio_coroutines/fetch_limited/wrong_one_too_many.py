"""Lets one fetch more run than is allowed.

Misconception: off by one
Fails fetch_limited-limit: 4 fetch jobs were running at the same time
"""

import asyncio


async def fetch_limited(urls, fetch, limit):
    if limit < 1:
        raise ValueError("limit must be at least 1")
    pages, numbered = [None] * len(urls), enumerate(urls)

    async def work():
        for number, url in numbered:
            pages[number] = await fetch(url)

    async with asyncio.TaskGroup() as group:
        for _ in range(limit + 1):
            group.create_task(work())
    return pages
