"""Waits with time.sleep for room, so that no fetch can ever end.

Misconception: M25
Fails fetch_limited-in_order: blocks: it stopped the whole event loop
Fails fetch_limited-limit: blocks: it stopped the whole event loop
Fails fetch_limited-no_gaps: blocks: it stopped the whole event loop
Fails fetch_limited-errors: blocks: it stopped the whole event loop
"""

import asyncio
import time


async def fetch_limited(urls, fetch, limit):
    if limit < 1:
        raise ValueError("limit must be at least 1")
    running, tasks = set(), []
    for url in urls:
        while len(running) >= limit:
            time.sleep(0.1)
        task = asyncio.create_task(fetch(url))
        running.add(task)
        task.add_done_callback(running.discard)
        tasks.append(task)
    return await asyncio.gather(*tasks)
