"""Calls itself with one attempt fewer and twice the wait."""

import asyncio


async def retry(operation, attempts, base):
    if attempts < 1:
        raise ValueError("at least one attempt")
    if base < 0:
        raise ValueError("no negative waits")
    if attempts == 1:
        return await operation()
    try:
        return await operation()
    except Exception:
        await asyncio.sleep(base)
    return await retry(operation, attempts - 1, 2 * base)
