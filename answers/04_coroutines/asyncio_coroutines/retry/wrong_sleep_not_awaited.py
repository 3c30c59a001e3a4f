"""Calls asyncio.sleep without awaiting it.

Misconception: M26
Fails retry-waits: never awaited
Fails retry-cancel: never awaited
"""

import asyncio


async def retry(operation, attempts, base):
    if attempts < 1 or base < 0:
        raise ValueError("bad arguments")
    for attempt in range(attempts):
        try:
            return await operation()
        except Exception:
            if attempt == attempts - 1:
                raise
        asyncio.sleep(base * 2**attempt)
