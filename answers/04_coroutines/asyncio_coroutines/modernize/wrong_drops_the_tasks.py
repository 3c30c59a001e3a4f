"""Starts the tasks and lets the loop end before them.

Misconception: M28
Fails modernize-lines: returned ['start: 1', 'start: 3']
Fails modernize-again: returned ['start: 1', 'start: 3']
Fails modernize-one_loop: after 0 s
"""

import asyncio


def modernize():
    lines = []

    async def func(i):
        lines.append(f"start: {i}")
        await asyncio.sleep(0.02)
        lines.append(f"end: {i}")

    async def main():
        for i in (1, 3):
            asyncio.create_task(func(i))
        await asyncio.sleep(0)

    asyncio.run(main())
    return lines
