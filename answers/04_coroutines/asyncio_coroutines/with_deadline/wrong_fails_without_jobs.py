"""Waits for a set of no tasks.

Misconception: nothing to wait for
Fails with_deadline-arguments: raised ValueError
"""

import asyncio


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError("negative seconds")
    tasks = {asyncio.create_task(job()): name for name, job in jobs.items()}
    late = set()
    try:
        await asyncio.wait(tasks, timeout=seconds)
    finally:
        for task, name in tasks.items():
            if not task.done():
                late.add(name)
                task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return {name: task.result() for task, name in tasks.items() if name not in late}, late
