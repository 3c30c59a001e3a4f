"""Gives each job its own time, one after the other.

Misconception: M27
Fails with_deadline-at_once: one after the other
Fails with_deadline-ended: after 47 s
Fails with_deadline-errors: TimeoutError('b gave up') reaches the caller
"""

import asyncio


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError("negative seconds")
    results = {}
    for name, job in jobs.items():
        try:
            results[name] = await asyncio.wait_for(job(), seconds)
        except TimeoutError:
            pass
    return results, set(jobs) - set(results)
