"""Calls the jobs and returns what the calls give.

Misconception: M26
Fails gather_in_order-in_order: never awaited
Fails gather_in_order-at_once: never awaited
Fails gather_in_order-errors: never awaited
Fails gather_in_order-nothing_left: never awaited
Fails gather_in_order-no_jobs: returned, never awaited
"""


async def gather_in_order(jobs):
    return [job() for job in jobs]
