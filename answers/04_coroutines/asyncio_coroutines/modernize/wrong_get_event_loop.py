"""Asks for an event loop where there is none.

Misconception: notes of 2021
Fails modernize-lines: no current event loop
Fails modernize-again: no current event loop
Fails modernize-one_loop: no current event loop
"""

import asyncio


def modernize():
    lines = []

    async def func(i):
        lines.append(f"start: {i}")
        await asyncio.sleep(0.02)
        lines.append(f"end: {i}")

    async def main():
        await asyncio.gather(func(1), func(3))

    loop = asyncio.get_event_loop()
    loop.run_until_complete(main())
    return lines
