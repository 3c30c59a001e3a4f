"""Takes the results in the order in which they come.

Misconception: M29
Fails gather_in_order-in_order: the order in which the jobs ended
"""

import asyncio


async def gather_in_order(jobs):
    tasks = [asyncio.create_task(job()) for job in jobs]
    try:
        return [await finished for finished in asyncio.as_completed(tasks)]
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
