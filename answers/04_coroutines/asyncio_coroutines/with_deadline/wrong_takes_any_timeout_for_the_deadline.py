"""Takes a TimeoutError that a job raises itself for the end of the time.

Misconception: whose exception it is
Fails with_deadline-errors: TimeoutError('b gave up') reaches the caller
"""

import asyncio


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError("seconds")
    results = {}

    async def run(name, job):
        try:
            async with asyncio.timeout(seconds):
                results[name] = await job()
        except TimeoutError:
            return

    async with asyncio.TaskGroup() as group:
        for name, job in jobs.items():
            group.create_task(run(name, job))
    return results, jobs.keys() - results.keys()
