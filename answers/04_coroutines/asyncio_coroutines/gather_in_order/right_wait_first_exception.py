"""Waits for the first exception or the end of all, and fills the places by the tasks' names."""

import asyncio


async def gather_in_order(jobs: list) -> list:
    if not jobs:
        return []
    tasks = {asyncio.create_task(job(), name=str(place)) for place, job in enumerate(jobs)}
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    for task in pending:
        task.cancel()
    if pending:
        await asyncio.wait(pending)
    return [task.result() for task in sorted(done, key=lambda task: int(task.get_name()))]
