"""Takes powers of the base for its multiples.

Misconception: base to the power of n
Fails retry-waits: operation jobs began at
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
        await asyncio.sleep(base**attempt)
