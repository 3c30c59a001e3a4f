"""Makes a task of each job, but awaits it before it makes the next.

Misconception: M27
Fails gather_in_order-at_once: one after the other
"""

import asyncio


async def gather_in_order(jobs):
    results = []
    for job in jobs:
        task = asyncio.create_task(job())
        results.append(await task)
    return results
