"""Raises the exception of the first attempt.

Misconception: first error
Fails retry-attempts: raised OSError('first')
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
    raise errors[0]
