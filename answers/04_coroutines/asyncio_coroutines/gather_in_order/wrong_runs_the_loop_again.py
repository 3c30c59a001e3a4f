"""Starts the event loop inside the event loop.

Misconception: a loop inside a loop
Fails gather_in_order-in_order: A loop already runs in this thread
Fails gather_in_order-at_once: cannot be called from a running event loop
Fails gather_in_order-errors: cannot be called from a running event loop
Fails gather_in_order-nothing_left: A loop already runs in this thread
Fails gather_in_order-no_jobs: cannot be called from a running event loop
"""

import asyncio


async def gather_in_order(jobs):
    return [asyncio.run(job()) for job in jobs]
