"""Returns the future that gather gives and does not await it.

Misconception: M26
Fails gather_in_order-in_order: returned a task or future, never awaited
Fails gather_in_order-at_once: left behind: 3 tasks
Fails gather_in_order-errors: left behind: 3 tasks
Fails gather_in_order-nothing_left: left behind
Fails gather_in_order-no_jobs: returned a task or future
"""

import asyncio


async def gather_in_order(jobs):
    return asyncio.gather(*(job() for job in jobs))
