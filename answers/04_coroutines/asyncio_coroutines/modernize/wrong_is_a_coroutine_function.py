"""Is a coroutine function, which a script cannot call.

Misconception: M26
Fails modernize-lines: never awaited
Fails modernize-again: never awaited
Fails modernize-one_loop: never awaited
"""

import asyncio


async def modernize():
    lines = []

    async def func(i):
        lines.append(f"start: {i}")
        await asyncio.sleep(0.02)
        lines.append(f"end: {i}")

    await asyncio.gather(func(1), func(3))
    return lines
