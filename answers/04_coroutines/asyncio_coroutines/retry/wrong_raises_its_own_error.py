"""Raises an exception of its own in the end.

Misconception: errors wrapped
Fails retry-attempts: raised RuntimeError('all attempts failed')
"""

import asyncio


async def retry(operation, attempts, base):
    if attempts < 1 or base < 0:
        raise ValueError("bad arguments")
    for attempt in range(attempts):
        try:
            return await operation()
        except Exception as error:
            if attempt == attempts - 1:
                raise RuntimeError("all attempts failed") from error
        await asyncio.sleep(base * 2**attempt)
