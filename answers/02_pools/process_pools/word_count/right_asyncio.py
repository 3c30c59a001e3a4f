"""Lets an event loop of its own wait for the processes of the pool."""

import asyncio
from collections import Counter
from concurrent.futures import ProcessPoolExecutor


def count(path):
    with open(path, encoding="utf-8") as file:
        return Counter(file.read().lower().split())


async def total(paths, pool):
    loop = asyncio.get_running_loop()
    parts = await asyncio.gather(*(loop.run_in_executor(pool, count, path) for path in paths))
    return sum(parts, Counter())


def word_count(paths, workers):
    with ProcessPoolExecutor(workers) as pool:
        return asyncio.run(total(paths, pool))
