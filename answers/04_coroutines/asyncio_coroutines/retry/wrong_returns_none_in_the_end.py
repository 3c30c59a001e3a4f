"""Swallows the last exception.

Misconception: errors swallowed
Fails retry-attempts: returned None
"""

import asyncio


async def retry(operation, attempts, base):
    if attempts < 1 or base < 0:
        raise ValueError("bad arguments")
    for attempt in range(attempts):
        try:
            return await operation()
        except Exception:
            if attempt < attempts - 1:
                await asyncio.sleep(base * 2**attempt)
