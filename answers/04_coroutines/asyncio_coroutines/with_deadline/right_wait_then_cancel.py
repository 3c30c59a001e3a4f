"""Waits for all tasks with a timeout; cancels what is left, whatever happens, and waits for it."""

import asyncio


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError(f"seconds = {seconds}")
    tasks = {name: asyncio.create_task(job()) for name, job in jobs.items()}
    try:
        if tasks:
            await asyncio.wait(tasks.values(), timeout=seconds)
        finished = {name: task for name, task in tasks.items() if task.done()}
    finally:
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)
    return {name: task.result() for name, task in finished.items()}, set(tasks) - set(finished)
