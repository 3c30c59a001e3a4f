"""Waits for the deadline with time.sleep.

Misconception: M25
Fails with_deadline-pair: blocks: it stopped the whole event loop
Fails with_deadline-at_once: blocks: it stopped the whole event loop
Fails with_deadline-ended: blocks: it stopped the whole event loop
Fails with_deadline-errors: blocks: it stopped the whole event loop
Fails with_deadline-cancel: blocks: it stopped the whole event loop
"""

import asyncio
import time


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError("negative seconds")
    tasks = {name: asyncio.create_task(job()) for name, job in jobs.items()}
    if tasks:
        await asyncio.sleep(0)
        time.sleep(seconds)
    late = {name for name, task in tasks.items() if not task.done()}
    for name in late:
        tasks[name].cancel()
    await asyncio.gather(*(tasks[name] for name in late), return_exceptions=True)
    return {name: task.result() for name, task in tasks.items() if name not in late}, late
