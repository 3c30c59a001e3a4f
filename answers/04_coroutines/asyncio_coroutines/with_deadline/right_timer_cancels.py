"""A timer of the loop cancels the tasks that are not done; gathering them waits for their ends."""

import asyncio


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError("negative")
    names = list(jobs)
    tasks = [asyncio.create_task(jobs[name]()) for name in names]
    late = set()

    def time_over():
        for name, task in zip(names, tasks, strict=True):
            if not task.done():
                late.add(name)
                task.cancel()

    timer = asyncio.get_running_loop().call_later(seconds, time_over)
    try:
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    finally:
        timer.cancel()
    results = {name: outcome for name, outcome in zip(names, outcomes, strict=True) if name not in late}
    for outcome in results.values():
        if isinstance(outcome, BaseException):
            raise outcome
    return results, late
