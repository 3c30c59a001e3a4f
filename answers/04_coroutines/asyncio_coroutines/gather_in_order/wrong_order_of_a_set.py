"""Takes the set of finished tasks for a list in the order of the jobs.

Misconception: M29
Fails gather_in_order-in_order: returned [
Fails gather_in_order-no_jobs: ValueError
"""

import asyncio


async def gather_in_order(jobs):
    done, _ = await asyncio.wait([asyncio.create_task(job()) for job in jobs])
    return [task.result() for task in done]
