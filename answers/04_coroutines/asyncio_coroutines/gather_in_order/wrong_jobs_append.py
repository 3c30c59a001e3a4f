"""Lets each job append its result to one list when it has it.

Misconception: M29
Fails gather_in_order-in_order: the order in which the jobs ended
"""

import asyncio


async def gather_in_order(jobs):
    results = []

    async def run(job):
        results.append(await job())

    async with asyncio.TaskGroup() as group:
        for job in jobs:
            group.create_task(run(job))
    return results
