"""Looks every tenth of a second whether all jobs are done or the time is over."""

import asyncio


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError("negative seconds")
    loop = asyncio.get_running_loop()
    ends = loop.time() + seconds
    tasks = {name: loop.create_task(job()) for name, job in jobs.items()}
    try:
        while loop.time() < ends and not all(task.done() for task in tasks.values()):
            await asyncio.sleep(min(0.1, ends - loop.time()))
    except asyncio.CancelledError:
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)
        raise
    late = {name for name, task in tasks.items() if not task.done()}
    for name in late:
        tasks[name].cancel()
    await asyncio.gather(*(tasks[name] for name in late), return_exceptions=True)
    return {name: await task for name, task in tasks.items() if name not in late}, late
