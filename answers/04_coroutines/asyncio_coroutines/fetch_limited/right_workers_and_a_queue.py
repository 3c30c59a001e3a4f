"""As many workers as allowed take urls from a queue until it is empty."""

import asyncio


async def fetch_limited(urls, fetch, limit):
    if limit < 1:
        raise ValueError(f"{limit} fetches at a time?")
    todo = asyncio.Queue()
    for url in urls:
        todo.put_nowait(url)
    pages = {}

    async def work():
        while not todo.empty():
            url = todo.get_nowait()
            pages[url] = await fetch(url)

    async with asyncio.TaskGroup() as group:
        for _ in range(limit):
            group.create_task(work())
    return [pages[url] for url in urls]
