"""Raises another exception when it is cancelled.

Misconception: M30
Fails retry-cancel: in place of CancelledError
"""

import asyncio


async def retry(operation, attempts, base):
    if attempts < 1 or base < 0:
        raise ValueError("bad arguments")
    for attempt in range(attempts):
        try:
            return await operation()
        except asyncio.CancelledError:
            raise TimeoutError("gave up") from None
        except Exception:
            if attempt == attempts - 1:
                raise
        await asyncio.sleep(base * 2**attempt)
