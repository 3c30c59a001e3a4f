"""Keeps no reference to its tasks and sleeps until the deadline.

Misconception: M28
Fails with_deadline-pair: vanished before it was done
Fails with_deadline-at_once: vanished before it was done
Fails with_deadline-ended: vanished before it was done
Fails with_deadline-errors: vanished before it was done
Fails with_deadline-cancel: vanished before it was done
"""

import asyncio


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError("negative seconds")
    results = {}

    async def run(name, job):
        results[name] = await job()

    for name, job in jobs.items():
        asyncio.create_task(run(name, job))
    if jobs:
        await asyncio.sleep(seconds)
    return results, set(jobs) - set(results)
