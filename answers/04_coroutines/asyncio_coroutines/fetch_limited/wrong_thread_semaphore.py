"""Counts with a semaphore for threads: the one that waits for it stops the loop.

Misconception: M25
Fails fetch_limited-in_order: the event loop stands still
Fails fetch_limited-limit: the event loop stands still
Fails fetch_limited-no_gaps: the event loop stands still
Fails fetch_limited-errors: the event loop stands still
"""

import asyncio
import threading


async def fetch_limited(urls, fetch, limit):
    free = threading.Semaphore(limit)
    if limit < 1:
        raise ValueError("limit must be at least 1")

    async def one(url):
        with free:
            return await fetch(url)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(url)) for url in urls]
    return [task.result() for task in tasks]
