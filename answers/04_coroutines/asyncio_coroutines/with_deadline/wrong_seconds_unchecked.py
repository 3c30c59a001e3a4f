"""Never looks at the seconds.

Misconception: arguments unchecked
Fails with_deadline-arguments: begun: 'a', 'b'
"""

import asyncio


async def with_deadline(jobs, seconds):
    results = {}

    async def run(name, job):
        results[name] = await job()

    try:
        async with asyncio.timeout(seconds), asyncio.TaskGroup() as group:
            for name, job in jobs.items():
                group.create_task(run(name, job))
    except TimeoutError:
        pass
    return results, set(jobs) - set(results)
