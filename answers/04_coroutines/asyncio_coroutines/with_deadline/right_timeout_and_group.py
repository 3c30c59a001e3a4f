"""A task group inside a timeout; the jobs fill a dict."""

import asyncio


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError("seconds must not be negative")
    results = {}

    async def run(name, job):
        results[name] = await job()

    try:
        async with asyncio.timeout(seconds):
            async with asyncio.TaskGroup() as group:
                for name, job in jobs.items():
                    group.create_task(run(name, job), name=name)
    except TimeoutError:
        pass
    return results, {name for name in jobs if name not in results}
