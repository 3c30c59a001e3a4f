"""Starts tasks that nobody holds, and sleeps for a while instead of waiting for them.

Misconception: M28
Fails gather_in_order-in_order: vanished before it was done
Fails gather_in_order-errors: vanished before it was done
Fails gather_in_order-nothing_left: vanished before it was done
"""

import asyncio


async def gather_in_order(jobs):
    results = [None] * len(jobs)

    async def run(place, job):
        results[place] = await job()

    for place, job in enumerate(jobs):
        asyncio.create_task(run(place, job))
    await asyncio.sleep(4)
    return results
