"""Cancels the other jobs when one has failed, but does not wait until they have ended.

Misconception: a cancel is only a request
Fails gather_in_order-nothing_left: told to cancel but not waited for
"""

import asyncio


async def gather_in_order(jobs):
    tasks = [asyncio.create_task(job()) for job in jobs]
    try:
        return await asyncio.gather(*tasks)
    except Exception:
        for task in tasks:
            task.cancel()
        raise
