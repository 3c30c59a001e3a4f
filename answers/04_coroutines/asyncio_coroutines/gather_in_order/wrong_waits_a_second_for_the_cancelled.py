"""Gives cancelled jobs one second for their clean-up.

Misconception: a time in place of an event
Fails gather_in_order-nothing_left: told to cancel but not waited for
"""

import asyncio


async def gather_in_order(jobs):
    running = {asyncio.create_task(job()): place for place, job in enumerate(jobs)}
    try:
        results = await asyncio.gather(*running)
    except BaseException:
        for task in running:
            task.cancel()
        await asyncio.wait(running, timeout=1)
        raise
    return list(results)
