"""Lets an event loop of its own gather what the processes of the pool count."""

import asyncio
from concurrent.futures import ProcessPoolExecutor


def count_below(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


async def gather(limits, pool):
    loop = asyncio.get_running_loop()
    return await asyncio.gather(*[loop.run_in_executor(pool, count_below, limit) for limit in limits])


def count_primes(limits, workers):
    with ProcessPoolExecutor(workers) as pool:
        return asyncio.run(gather(limits, pool))
