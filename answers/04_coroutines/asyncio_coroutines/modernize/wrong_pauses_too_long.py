"""Keeps a longer pause than the task says.

Misconception: another pause
Fails modernize-one_loop: after 2 s
"""

import asyncio


def modernize():
    lines = []

    async def func(i):
        lines.append(f"start: {i}")
        await asyncio.sleep(2)
        lines.append(f"end: {i}")

    async def main():
        await asyncio.gather(func(1), func(3))

    asyncio.run(main())
    return lines
