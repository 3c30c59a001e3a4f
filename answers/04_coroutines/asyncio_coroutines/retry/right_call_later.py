"""Lets the loop set a future when the wait is over."""

import asyncio


async def retry(operation, attempts, base):
    if attempts < 1 or base < 0:
        raise ValueError("bad arguments")
    loop = asyncio.get_running_loop()
    failures = 0
    while True:
        try:
            return await operation()
        except Exception:
            failures += 1
            if failures >= attempts:
                raise
            over = loop.create_future()
            timer = loop.call_later(base * 2 ** (failures - 1), over.set_result, None)
            try:
                await over
            finally:
                timer.cancel()
