"""Gathers all under one deadline: when it is over, the results that are there are lost.

Misconception: all or nothing
Fails with_deadline-pair: returned ({}, {'a', 'b', 'c'})
Fails with_deadline-errors: left behind
"""

import asyncio


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError("negative seconds")
    try:
        async with asyncio.timeout(seconds):
            results = await asyncio.gather(*(job() for job in jobs.values()))
    except TimeoutError:
        return {}, set(jobs)
    return dict(zip(jobs, results, strict=True)), set()
