"""Has a bare except around the attempt and the wait.

Misconception: M30
Fails retry-cancel: the cancel was swallowed
"""

import asyncio


async def retry(operation, attempts, base):
    if attempts < 1 or base < 0:
        raise ValueError("bad arguments")
    last = None
    for attempt in range(attempts):
        try:
            if attempt:
                await asyncio.sleep(base * 2 ** (attempt - 1))
            return await operation()
        except:  # noqa: E722
            import sys

            last = sys.exc_info()[1]
    raise last
