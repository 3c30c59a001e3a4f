"""Returns exceptions among the results.

Misconception: return_exceptions raises nothing
Fails gather_in_order-errors: returned [1, OSError('b is down'), 3]
"""

import asyncio


async def gather_in_order(jobs):
    return await asyncio.gather(*(job() for job in jobs), return_exceptions=True)
