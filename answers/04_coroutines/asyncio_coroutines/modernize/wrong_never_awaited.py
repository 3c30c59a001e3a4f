"""Calls the coroutine functions and does not await what they give.

Misconception: M26
Fails modernize-lines: never awaited
Fails modernize-again: never awaited
Fails modernize-one_loop: never awaited
"""

import asyncio


def modernize():
    lines = []

    async def func(i):
        lines.append(f"start: {i}")
        await asyncio.sleep(0.02)
        lines.append(f"end: {i}")

    async def main():
        func(1)
        func(3)

    asyncio.run(main())
    return lines
