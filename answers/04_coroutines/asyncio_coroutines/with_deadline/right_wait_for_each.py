"""Gives each job the same time by wait_for, all of them at once."""

import asyncio

LATE = object()


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError(seconds)

    async def run(job):
        try:
            return await asyncio.wait_for(job(), seconds)
        except TimeoutError:
            return LATE

    async with asyncio.TaskGroup() as group:
        tasks = {name: group.create_task(run(job)) for name, job in jobs.items()}
    results = {name: task.result() for name, task in tasks.items() if task.result() is not LATE}
    return results, tasks.keys() - results.keys()
