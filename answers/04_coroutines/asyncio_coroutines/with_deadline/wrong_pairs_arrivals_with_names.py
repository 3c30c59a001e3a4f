"""Pairs the names with the results in the order in which these come.

Misconception: M29
Fails with_deadline-at_once: the order in which the jobs ended
"""

import asyncio


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError("negative seconds")
    results = []
    finished = set()

    async def run(name, job):
        results.append(await job())
        finished.add(name)

    try:
        async with asyncio.timeout(seconds), asyncio.TaskGroup() as group:
            for name, job in jobs.items():
                group.create_task(run(name, job))
    except TimeoutError:
        pass
    return dict(zip(jobs, results)), set(jobs) - finished  # noqa: B905
