"""Gives asyncio.wait coroutines, as the notes do.

Misconception: notes of 2021
Fails modernize-lines: Passing coroutines is forbidden
Fails modernize-again: Passing coroutines is forbidden
Fails modernize-one_loop: Passing coroutines is forbidden
"""

import asyncio


def modernize():
    lines = []

    async def func(i):
        lines.append(f"start: {i}")
        await asyncio.sleep(0.02)
        lines.append(f"end: {i}")

    loop = asyncio.new_event_loop()
    loop.run_until_complete(asyncio.wait([func(1), func(3)]))
    loop.close()
    return lines
