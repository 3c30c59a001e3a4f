"""Tries again after an OSError only.

Misconception: one kind of exception
Fails retry-result: raised KeyError('busy')
Fails retry-attempts: begun: 2 operation jobs
"""

import asyncio


async def retry(operation, attempts, base):
    if attempts < 1 or base < 0:
        raise ValueError("bad arguments")
    for attempt in range(attempts):
        try:
            return await operation()
        except OSError:
            if attempt == attempts - 1:
                raise
        await asyncio.sleep(base * 2**attempt)
