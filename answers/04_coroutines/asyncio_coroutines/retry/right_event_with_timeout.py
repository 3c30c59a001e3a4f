"""Waits for an event that never comes, with a timeout."""

import asyncio


class Backoff:
    def __init__(self, base):
        self.delay = base

    async def pause(self):
        try:
            await asyncio.wait_for(asyncio.Event().wait(), self.delay)
        except TimeoutError:
            pass
        self.delay *= 2


async def retry(operation, attempts, base):
    if attempts < 1 or base < 0:
        raise ValueError("nothing to do")
    backoff = Backoff(base)
    for left in reversed(range(attempts)):
        try:
            return await operation()
        except Exception as error:
            if not left:
                raise error
        await backoff.pause()
