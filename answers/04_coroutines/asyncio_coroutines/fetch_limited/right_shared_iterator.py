"""Workers share one iterator over the numbered urls."""

import asyncio


async def fetch_limited(urls, fetch, limit):
    if limit <= 0:
        raise ValueError("nothing can be fetched like that")
    pages, numbered = [None] * len(urls), enumerate(urls)

    async def work():
        for number, url in numbered:
            pages[number] = await fetch(url)

    workers = [asyncio.create_task(work()) for _ in range(limit)]
    outcomes = await asyncio.gather(*workers, return_exceptions=True)
    for outcome in outcomes:
        if outcome is not None:
            raise outcome
    return pages
