"""Waits with time.sleep, which stops the whole loop.

Misconception: M25
Fails retry-waits: blocks: it stopped the whole event loop
Fails retry-cancel: blocks: it stopped the whole event loop
"""

import time


async def retry(operation, attempts, base):
    if attempts < 1 or base < 0:
        raise ValueError("bad arguments")
    for attempt in range(attempts):
        try:
            return await operation()
        except Exception:
            if attempt == attempts - 1:
                raise
        time.sleep(base * 2**attempt)
