"""Leaves the other jobs running when one has failed.

Misconception: gather alone
Fails gather_in_order-nothing_left: left behind
"""

import asyncio


async def gather_in_order(jobs):
    return await asyncio.gather(*(job() for job in jobs))
