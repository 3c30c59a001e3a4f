"""Fetches in batches: the next one begins only when all of the last have ended.

Misconception: batches
Fails fetch_limited-no_gaps: after 6 s
"""

import asyncio


async def fetch_limited(urls, fetch, limit):
    if limit < 1:
        raise ValueError("limit must be at least 1")
    pages = []
    for begin in range(0, len(urls), limit):
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(fetch(url)) for url in urls[begin : begin + limit]]
        pages += [task.result() for task in tasks]
    return pages
