"""Keeps the last exception and raises it after the loop; a cancel is passed on by a clause of its own."""

import asyncio


async def retry(operation, attempts: int, base: float):
    if attempts < 1 or base < 0:
        raise ValueError(f"attempts={attempts}, base={base}")
    last = None
    delay = base
    while attempts:
        attempts -= 1
        try:
            result = await operation()
        except asyncio.CancelledError:
            raise
        except BaseException as error:
            last = error
        else:
            return result
        if attempts:
            await asyncio.sleep(delay)
            delay += delay
    raise last
