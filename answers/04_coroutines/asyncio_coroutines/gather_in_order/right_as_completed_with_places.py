"""Takes the results as they come, each with the place that it belongs to."""

import asyncio


async def gather_in_order(jobs):
    async def numbered(place, job):
        return place, await job()

    tasks = [asyncio.create_task(numbered(place, job)) for place, job in enumerate(jobs)]
    results = [None] * len(tasks)
    try:
        for finished in asyncio.as_completed(tasks):
            place, result = await finished
            results[place] = result
    except BaseException:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise
    return results
