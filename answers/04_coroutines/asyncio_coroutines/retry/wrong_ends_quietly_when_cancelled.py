"""Returns None when it is cancelled during a wait.

Misconception: M30
Fails retry-cancel: the cancel was swallowed: the call returned None
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
        try:
            await asyncio.sleep(base * 2**attempt)
        except asyncio.CancelledError:
            return None
