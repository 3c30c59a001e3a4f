"""Is a plain function that runs the loop itself.

Misconception: a loop inside a loop
Fails gather_in_order-in_order: A loop already runs in this thread
Fails gather_in_order-at_once: cannot be called from a running event loop
Fails gather_in_order-errors: cannot be called from a running event loop
Fails gather_in_order-nothing_left: A loop already runs in this thread
Fails gather_in_order-no_jobs: A loop already runs in this thread
"""

import asyncio


def gather_in_order(jobs):
    async def main():
        return await asyncio.gather(*(job() for job in jobs))

    return asyncio.run(main())
