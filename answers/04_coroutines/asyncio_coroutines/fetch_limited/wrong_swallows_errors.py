"""Puts None in the place of a page that could not be fetched.

Misconception: errors swallowed
Fails fetch_limited-errors: returned [None, 'page b'
"""

import asyncio


async def fetch_limited(urls, fetch, limit):
    if limit < 1:
        raise ValueError("limit must be at least 1")
    free = asyncio.Semaphore(limit)

    async def one(url):
        async with free:
            try:
                return await fetch(url)
            except Exception:
                return None

    return await asyncio.gather(*map(one, urls))
