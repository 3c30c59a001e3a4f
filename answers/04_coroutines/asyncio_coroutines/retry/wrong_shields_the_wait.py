"""Skips the rest of a wait that is cancelled, and goes on.

Misconception: M30
Fails retry-cancel: the cancel was swallowed: operation() was begun after it
"""

import asyncio
from contextlib import suppress


async def retry(operation, attempts, base):
    if attempts < 1 or base < 0:
        raise ValueError("bad arguments")
    for attempt in range(attempts):
        try:
            return await operation()
        except Exception:
            if attempt == attempts - 1:
                raise
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(base * 2**attempt)
