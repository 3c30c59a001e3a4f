"""Starts the jobs in a task group and asks each task for its result afterwards."""

import asyncio


async def gather_in_order(jobs):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(job()) for job in jobs]
    return [task.result() for task in tasks]
