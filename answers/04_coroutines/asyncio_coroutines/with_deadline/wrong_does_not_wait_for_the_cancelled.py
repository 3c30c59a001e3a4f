"""Cancels the late jobs, but returns before they have ended.

Misconception: M28
Fails with_deadline-ended: told to cancel but not waited for
Fails with_deadline-errors: told to cancel but not waited for
Fails with_deadline-cancel: told to cancel but not waited for
"""

import asyncio


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError("negative seconds")
    if not jobs:
        return {}, set()
    tasks = {asyncio.create_task(job()): name for name, job in jobs.items()}
    late = set()
    try:
        await asyncio.wait(tasks, timeout=seconds)
    finally:
        for task, name in tasks.items():
            if not task.done():
                late.add(name)
                task.cancel()
    return {name: task.result() for task, name in tasks.items() if name not in late}, late
