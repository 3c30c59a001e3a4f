"""Raises all exceptions in a group in the end.

Misconception: errors wrapped
Fails retry-attempts: raised ExceptionGroup
"""

import asyncio


async def retry(operation, attempts, base):
    if attempts < 1 or base < 0:
        raise ValueError("bad arguments")
    errors = []
    for attempt in range(attempts):
        try:
            return await operation()
        except Exception as error:
            errors.append(error)
        if attempt < attempts - 1:
            await asyncio.sleep(base * 2**attempt)
    raise ExceptionGroup("all attempts failed", errors)
