"""Runs one after the other and puts the lines in the order that is asked for.

Misconception: the answer in place of the work
Fails modernize-one_loop: 2 event loops ran
"""

import asyncio


def modernize():
    lines = []

    async def func(i):
        lines.append(f"start: {i}")
        await asyncio.sleep(0.02)
        lines.append(f"end: {i}")

    for i in (1, 3):
        asyncio.run(func(i))
    return sorted(lines, key=lambda line: line.startswith("end"))
