"""Gathers both in a coroutine that asyncio.run runs."""

import asyncio


def modernize():
    lines = []

    async def func(i):
        lines.append(f"start: {i}")
        await asyncio.sleep(0.02)
        lines.append(f"end: {i}")

    async def main():
        await asyncio.gather(func(1), func(3))

    asyncio.run(main())
    return lines
