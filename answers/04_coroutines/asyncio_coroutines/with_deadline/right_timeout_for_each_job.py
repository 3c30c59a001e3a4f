"""Gives each job the same moment as its deadline; a task group waits for all."""

import asyncio


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError("negative seconds")
    results, late = {}, set()
    deadline = asyncio.get_running_loop().time() + seconds

    async def run(name, job):
        try:
            async with asyncio.timeout_at(deadline) as clock:
                results[name] = await job()
        except TimeoutError:
            if not clock.expired():
                raise
            late.add(name)

    async with asyncio.TaskGroup() as group:
        for name, job in jobs.items():
            group.create_task(run(name, job))
    return results, late
