"""Cleans up after the deadline only, not after its own cancel.

Misconception: M28
Fails with_deadline-cancel: left behind
"""

import asyncio


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError("negative seconds")
    if not jobs:
        return {}, set()
    tasks = {asyncio.create_task(job()): name for name, job in jobs.items()}
    done, pending = await asyncio.wait(tasks, timeout=seconds)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    return {tasks[task]: task.result() for task in done}, {tasks[task] for task in pending}
