"""Waits once more after the last attempt.

Misconception: one wait too many
Fails retry-waits: after 1263 s
"""

import asyncio


async def retry(operation, attempts, base):
    if attempts < 1 or base < 0:
        raise ValueError("bad arguments")
    for attempt in range(attempts):
        try:
            return await operation()
        except Exception as error:
            last = error
        await asyncio.sleep(base * 2**attempt)
    raise last
