"""Keeps the loop of the thread, and closes it.

Misconception: a closed loop for a fresh one
Fails modernize-again: Event loop is closed
"""

import asyncio


def modernize():
    lines = []

    async def func(i):
        lines.append(f"start: {i}")
        await asyncio.sleep(0.02)
        lines.append(f"end: {i}")

    try:
        loop = asyncio.get_event_loop()
    except RuntimeError:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
    tasks = [loop.create_task(func(i)) for i in (1, 3)]
    loop.run_until_complete(asyncio.wait(tasks))
    loop.close()
    return lines
