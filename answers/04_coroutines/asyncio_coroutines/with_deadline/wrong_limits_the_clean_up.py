"""Gives cancelled jobs one second for their clean-up.

Misconception: a time in place of an event
Fails with_deadline-ended: told to cancel but not waited for
Fails with_deadline-errors: told to cancel but not waited for
"""

import asyncio


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError("seconds")
    tasks = {name: asyncio.create_task(job()) for name, job in jobs.items()}
    late = set()
    try:
        if tasks:
            _, pending = await asyncio.wait(tasks.values(), timeout=seconds)
            late = {name for name, task in tasks.items() if task in pending}
    finally:
        for task in tasks.values():
            task.cancel()
        if tasks:
            await asyncio.wait(tasks.values(), timeout=1)
    return {name: task.result() for name, task in tasks.items() if name not in late}, late
