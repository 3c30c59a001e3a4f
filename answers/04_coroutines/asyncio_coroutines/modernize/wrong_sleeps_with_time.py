"""Pauses with time.sleep, so that nothing else can start meanwhile.

Misconception: M25
Fails modernize-lines: blocks: it stopped the whole event loop
Fails modernize-one_loop: blocks: it stopped the whole event loop
"""

import asyncio
import time


def modernize():
    lines = []

    async def func(i):
        lines.append(f"start: {i}")
        time.sleep(0.02)
        lines.append(f"end: {i}")

    async def main():
        await asyncio.gather(func(1), func(3))

    asyncio.run(main())
    return lines
