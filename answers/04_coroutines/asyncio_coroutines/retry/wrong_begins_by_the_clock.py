"""Counts each wait from the beginning of the attempt before.

Misconception: waits from begin to begin
Fails retry-waits: operation jobs began at
"""

import asyncio


async def retry(operation, attempts, base):
    if attempts < 1 or base < 0:
        raise ValueError("bad arguments")
    loop = asyncio.get_running_loop()
    for attempt in range(attempts):
        begin = loop.time()
        try:
            return await operation()
        except Exception:
            if attempt == attempts - 1:
                raise
        await asyncio.sleep(begin + base * 2**attempt - loop.time())
