"""Counts a job that raised among those that have not finished.

Misconception: errors swallowed
Fails with_deadline-errors: returned ({'a': 1}, {'b', 'c'})
"""

import asyncio


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError("negative seconds")
    results = {}

    async def run(name, job):
        try:
            results[name] = await job()
        except Exception:
            pass

    try:
        async with asyncio.timeout(seconds), asyncio.TaskGroup() as group:
            for name, job in jobs.items():
                group.create_task(run(name, job))
    except TimeoutError:
        pass
    return results, set(jobs) - set(results)
