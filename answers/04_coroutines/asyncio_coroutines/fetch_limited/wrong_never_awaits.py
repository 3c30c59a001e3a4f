"""Lets the semaphore guard the call of fetch, which only makes a coroutine.

Misconception: M26
Fails fetch_limited-in_order: never awaited
Fails fetch_limited-limit: never awaited
Fails fetch_limited-no_gaps: never awaited
Fails fetch_limited-errors: never awaited
"""

import asyncio


async def fetch_limited(urls, fetch, limit):
    if limit < 1:
        raise ValueError("limit must be at least 1")
    free = asyncio.Semaphore(limit)

    async def one(url):
        async with free:
            return fetch(url)

    return await asyncio.gather(*map(one, urls))
