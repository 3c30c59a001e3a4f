"""Runs each job in a loop of its own, in a thread.

Misconception: M25
Fails gather_in_order-at_once: ran in an event loop of its own
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor


async def gather_in_order(jobs):
    with ThreadPoolExecutor() as pool:
        return list(pool.map(lambda job: asyncio.run(job()), jobs))
