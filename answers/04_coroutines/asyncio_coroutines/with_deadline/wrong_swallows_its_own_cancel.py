"""Takes its own cancel for the end of the time.

Misconception: M30
Fails with_deadline-cancel: the cancel was swallowed
"""

import asyncio


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError("negative seconds")
    results = {}

    async def run(name, job):
        results[name] = await job()

    try:
        async with asyncio.timeout(seconds), asyncio.TaskGroup() as group:
            for name, job in jobs.items():
                group.create_task(run(name, job))
    except (TimeoutError, asyncio.CancelledError):
        pass
    return results, set(jobs) - set(results)
