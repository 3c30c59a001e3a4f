"""Awaits the first one before the second.

Misconception: M27
Fails modernize-lines: returned ['start: 1', 'end: 1', 'start: 3', 'end: 3']
Fails modernize-one_loop: after 0.04 s
"""

import asyncio


def modernize():
    lines = []

    async def func(i):
        lines.append(f"start: {i}")
        await asyncio.sleep(0.02)
        lines.append(f"end: {i}")

    async def main():
        await func(1)
        await func(3)

    asyncio.run(main())
    return lines
