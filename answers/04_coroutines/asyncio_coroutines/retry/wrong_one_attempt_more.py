"""Takes the attempts for retries after a first one.

Misconception: off by one
Fails retry-waits: 622.5 s and 1 more
Fails retry-attempts: begun: 2 operation jobs
"""

import asyncio


async def retry(operation, attempts, base):
    if attempts < 1 or base < 0:
        raise ValueError("bad arguments")
    for attempt in range(attempts):
        try:
            return await operation()
        except Exception:
            await asyncio.sleep(base * 2**attempt)
    return await operation()
