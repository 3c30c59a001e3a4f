"""Lets the waits grow up to eight times the first.

Misconception: waits do not grow for ever
Fails retry-waits: 0 s, 20.5 s, 61 s, 141.5 s, 302 s, 462.5 s
"""

import asyncio


async def retry(operation, attempts, base):
    if attempts < 1 or base < 0:
        raise ValueError("bad arguments")
    wait, left = base, attempts
    while True:
        try:
            return await operation()
        except Exception:
            left -= 1
            if left == 0:
                raise
        await asyncio.sleep(wait)
        wait = min(2 * wait, 8 * base)
