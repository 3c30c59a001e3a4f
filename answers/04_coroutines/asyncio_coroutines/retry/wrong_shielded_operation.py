"""Shields the attempt, which runs on after the cancel.

Misconception: M28
Fails retry-cancel: left behind
"""

import asyncio


async def retry(operation, attempts, base):
    if attempts < 1 or base < 0:
        raise ValueError("bad arguments")
    for attempt in range(attempts):
        try:
            return await asyncio.shield(operation())
        except Exception:
            if attempt == attempts - 1:
                raise
        await asyncio.sleep(base * 2**attempt)
