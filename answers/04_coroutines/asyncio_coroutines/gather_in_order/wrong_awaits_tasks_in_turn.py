"""Starts all jobs, awaits the tasks in their order, and leaves the rest when one has failed.

Misconception: the others end by themselves
Fails gather_in_order-nothing_left: left behind
"""

import asyncio


async def gather_in_order(jobs):
    tasks = [asyncio.create_task(job()) for job in jobs]
    return [await task for task in tasks]
