"""Takes 0 seconds for a bad argument.

Misconception: below 0 and not above
Fails with_deadline-arguments: raised ValueError
"""

import asyncio


async def with_deadline(jobs, seconds):
    if not seconds > 0:
        raise ValueError("there is no time")
    results = {}

    async def keep(name):
        results[name] = await jobs[name]()

    try:
        async with asyncio.timeout(seconds), asyncio.TaskGroup() as group:
            for name in jobs:
                group.create_task(keep(name))
    except TimeoutError:
        pass
    return results, {name for name in jobs if name not in results}
