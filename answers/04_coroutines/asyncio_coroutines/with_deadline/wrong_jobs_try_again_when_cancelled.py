"""Begins a job again when it is cancelled, and never ends.

Misconception: M30
Fails with_deadline-pair: the cancel was swallowed
Fails with_deadline-ended: the cancel was swallowed
Fails with_deadline-errors: the cancel was swallowed
Fails with_deadline-cancel: the cancel was swallowed
"""

import asyncio


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError("negative seconds")
    results = {}

    async def run(name, job):
        while name not in results:
            try:
                results[name] = await job()
            except asyncio.CancelledError:
                pass

    try:
        async with asyncio.timeout(seconds), asyncio.TaskGroup() as group:
            for name, job in jobs.items():
                group.create_task(run(name, job))
    except TimeoutError:
        pass
    return results, set(jobs) - set(results)
