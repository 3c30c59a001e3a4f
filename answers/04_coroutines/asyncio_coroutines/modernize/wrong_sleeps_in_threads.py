"""Sends plain functions that sleep into threads.

Misconception: threads for coroutines
Fails modernize-one_loop: stopped a thread for 0.02 s
"""

import asyncio
import time


def modernize():
    lines = []

    def func(i):
        lines.append(f"start: {i}")
        time.sleep(0.02)
        lines.append(f"end: {i}")

    async def main():
        async with asyncio.TaskGroup() as group:
            for i in (1, 3):
                group.create_task(asyncio.to_thread(func, i))

    asyncio.run(main())
    return lines
