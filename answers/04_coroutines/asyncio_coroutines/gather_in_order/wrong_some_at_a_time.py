"""Lets five jobs run at the same time, and not all.

Misconception: a limit that nobody asked for
Fails gather_in_order-at_once: never more than 5 jobs were running
"""

import asyncio


async def gather_in_order(jobs):
    free = asyncio.Semaphore(5)

    async def run(job):
        async with free:
            return await job()

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(run(job)) for job in jobs]
    return [task.result() for task in tasks]
