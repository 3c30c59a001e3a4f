"""Catches the cancel in each job's wrapper, so that late jobs count as finished.

Misconception: M30
Fails with_deadline-pair: the cancel was swallowed
"""

import asyncio


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError("negative seconds")
    results = {}

    async def run(name, job):
        try:
            results[name] = await job()
        except asyncio.CancelledError:
            results[name] = None

    try:
        async with asyncio.timeout(seconds), asyncio.TaskGroup() as group:
            for name, job in jobs.items():
                group.create_task(run(name, job))
    except TimeoutError:
        pass
    return results, set(jobs) - set(results)
