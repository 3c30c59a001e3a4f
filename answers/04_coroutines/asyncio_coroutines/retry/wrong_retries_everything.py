"""Catches BaseException, and with it the cancel.

Misconception: M30
Fails retry-cancel: the cancel was swallowed
"""

import asyncio


async def retry(operation, attempts, base):
    if attempts < 1 or base < 0:
        raise ValueError("bad arguments")
    for attempt in range(attempts):
        try:
            return await operation()
        except BaseException:
            if attempt == attempts - 1:
                raise
        await asyncio.sleep(base * 2**attempt)
