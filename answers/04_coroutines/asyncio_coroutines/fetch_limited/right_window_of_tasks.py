"""Keeps a window of running tasks, and fills it up whenever one of them is done."""

import asyncio


async def fetch_limited(urls, fetch, limit):
    if limit < 1:
        raise ValueError("limit < 1")
    waiting, running, pages = list(reversed(urls)), {}, {}
    try:
        while waiting or running:
            while waiting and len(running) < limit:
                url = waiting.pop()
                running[asyncio.ensure_future(fetch(url))] = url
            done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                pages[running.pop(task)] = task.result()
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
    return [pages[url] for url in urls]
