"""Waits equally long each time.

Misconception: waits do not grow
Fails retry-waits: operation jobs began at 0 s, 1 s, 2 s, 3 s
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
        await asyncio.sleep(base)
