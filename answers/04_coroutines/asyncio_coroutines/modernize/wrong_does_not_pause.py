"""Lets the other one go on, but takes no pause.

Misconception: a turn for a pause
Fails modernize-one_loop: after 0 s
"""

import asyncio


def modernize():
    lines = []

    async def func(i):
        lines.append(f"start: {i}")
        await asyncio.sleep(0)
        lines.append(f"end: {i}")

    async def main():
        await asyncio.gather(func(1), func(3))

    asyncio.run(main())
    return lines
