"""Takes a result that says nothing for no result.

Misconception: truth for presence
Fails gather_in_order-no_jobs: returned []
"""

import asyncio


async def gather_in_order(jobs):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(job()) for job in jobs]
    return [result for task in tasks if (result := task.result())]
