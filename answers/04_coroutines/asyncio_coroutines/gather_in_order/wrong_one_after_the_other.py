"""Awaits each job before it begins the next.

Misconception: M27
Fails gather_in_order-at_once: one after the other
"""


async def gather_in_order(jobs):
    return [await job() for job in jobs]
