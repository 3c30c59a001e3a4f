"""Sleeps until the deadline, even when all jobs have finished.

Misconception: waits for the clock
Fails with_deadline-at_once: after 9 s
Fails with_deadline-arguments: after 3 s
"""

import asyncio


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError("negative seconds")
    tasks = {name: asyncio.create_task(job()) for name, job in jobs.items()}
    try:
        await asyncio.sleep(seconds)
        late = {name for name, task in tasks.items() if not task.done()}
    finally:
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)
    return {name: task.result() for name, task in tasks.items() if name not in late}, late
