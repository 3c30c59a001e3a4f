"""Awaits one job after the other until the time is over.

Misconception: M27
Fails with_deadline-at_once: one after the other
Fails with_deadline-ended: cancelled: 'b'
Fails with_deadline-errors: TimeoutError('b gave up') reaches the caller
"""

import asyncio


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError("negative seconds")
    results = {}
    try:
        async with asyncio.timeout(seconds):
            for name, job in jobs.items():
                results[name] = await job()
    except TimeoutError:
        pass
    return results, set(jobs) - set(results)
