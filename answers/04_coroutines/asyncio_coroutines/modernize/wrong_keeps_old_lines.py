"""Collects the lines of all calls in one list.

Misconception: state that outlives the call
Fails modernize-again: returned ['start: 1', 'start: 3', 'end: 1', 'end: 3', 'start: 1'
"""

import asyncio

lines = []


async def func(i):
    lines.append(f"start: {i}")
    await asyncio.sleep(0.02)
    lines.append(f"end: {i}")


async def main():
    await asyncio.gather(func(1), func(3))


def modernize():
    asyncio.run(main())
    return lines
