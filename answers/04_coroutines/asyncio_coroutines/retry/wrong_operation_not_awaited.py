"""Returns the coroutine that the operation's call gives.

Misconception: M26
Fails retry-result: never awaited
Fails retry-waits: never awaited
Fails retry-attempts: never awaited
Fails retry-cancel: never awaited
"""

import asyncio


async def retry(operation, attempts, base):
    if attempts < 1 or base < 0:
        raise ValueError("bad arguments")
    for attempt in range(attempts):
        try:
            return operation()
        except Exception:
            if attempt == attempts - 1:
                raise
        await asyncio.sleep(base * 2**attempt)
