"""Passes over whatever ends the group: the time, an exception of a job, its own cancel.

Misconception: M30
Fails with_deadline-errors: returned ({'a': 1}, {'b', 'c'})
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
    except:  # noqa: E722
        pass
    return results, set(jobs) - set(results)
