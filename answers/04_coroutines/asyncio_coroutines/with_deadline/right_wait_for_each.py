"""Gives each job the same time by wait_for, all of them at once."""

import asyncio

LATE = object()


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError(seconds)

    async def outcome(job):
        try:
            return await job(), None
        except Exception as error:
            return None, error

    async def run(job):
        try:
            result, error = await asyncio.wait_for(outcome(job), seconds)
        except TimeoutError:
            return LATE
        if error is not None:
            raise error
        return result

    async with asyncio.TaskGroup() as group:
        tasks = {name: group.create_task(run(job)) for name, job in jobs.items()}
    results = {name: task.result() for name, task in tasks.items() if task.result() is not LATE}
    return results, tasks.keys() - results.keys()
