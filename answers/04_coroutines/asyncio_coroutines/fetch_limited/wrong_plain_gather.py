"""Leaves the other fetches running when one has failed.

Misconception: gather alone
Fails fetch_limited-errors: left behind
"""

import asyncio


async def fetch_limited(urls, fetch, limit):
    if limit < 1:
        raise ValueError("limit must be at least 1")
    free = asyncio.Semaphore(limit)

    async def one(url):
        async with free:
            return await fetch(url)

    return await asyncio.gather(*map(one, urls))
