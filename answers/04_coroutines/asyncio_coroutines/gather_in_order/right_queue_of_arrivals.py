"""Each task puts its number and outcome into a queue; the caller sorts what arrives."""

import asyncio


async def gather_in_order(jobs):
    arrivals = asyncio.Queue()

    async def send(number, job):
        try:
            await arrivals.put((number, await job(), None))
        except Exception as error:
            await arrivals.put((number, None, error))

    tasks = [asyncio.create_task(send(number, job)) for number, job in enumerate(jobs)]
    outcomes = sorted([await arrivals.get() for _ in tasks], key=lambda outcome: outcome[0])
    await asyncio.gather(*tasks)
    for _, _, error in outcomes:
        if error is not None:
            raise error
    return [result for _, result, _ in outcomes]
