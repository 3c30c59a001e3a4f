"""Draws the waits up beforehand and runs each attempt in a task of its own."""

import asyncio
import itertools


def waits(base):
    while True:
        yield base
        base *= 2


async def retry(operation, attempts, base):
    if attempts <= 0 or base < 0:
        raise ValueError
    for wait in [*itertools.islice(waits(base), attempts - 1), None]:
        task = asyncio.ensure_future(operation())
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            raise
        if task.exception() is None or wait is None:
            return task.result()
        await asyncio.sleep(wait)
