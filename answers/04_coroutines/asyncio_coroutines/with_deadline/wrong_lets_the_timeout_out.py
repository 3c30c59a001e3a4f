"""Raises TimeoutError when the time is over.

Misconception: the deadline as an error
Fails with_deadline-pair: raised TimeoutError()
"""

import asyncio


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError("negative seconds")
    results = {}

    async def run(name, job):
        results[name] = await job()

    async with asyncio.timeout(seconds), asyncio.TaskGroup() as group:
        for name, job in jobs.items():
            group.create_task(run(name, job))
    return results, set(jobs) - set(results)
