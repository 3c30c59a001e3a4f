"""Gathers tasks, and cancels and awaits what is left of them when one has failed."""

import asyncio


async def gather_in_order(jobs):
    tasks = [asyncio.create_task(job()) for job in jobs]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
