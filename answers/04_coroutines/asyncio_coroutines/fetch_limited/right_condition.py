"""Counts the running fetches and waits on a condition."""

import asyncio


class Limiter:
    def __init__(self, limit):
        self.limit, self.running, self.changed = limit, 0, asyncio.Condition()

    async def __aenter__(self):
        async with self.changed:
            await self.changed.wait_for(lambda: self.running < self.limit)
            self.running += 1

    async def __aexit__(self, *exception):
        async with self.changed:
            self.running -= 1
            self.changed.notify()


async def fetch_limited(urls, fetch, limit):
    if limit < 1:
        raise ValueError
    limiter = Limiter(limit)

    async def one(url):
        async with limiter:
            return await fetch(url)

    results = await asyncio.gather(*map(one, urls), return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            raise result
    return results
