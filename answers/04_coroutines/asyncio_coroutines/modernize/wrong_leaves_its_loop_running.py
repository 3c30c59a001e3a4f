"""Runs the loop in a thread that never ends.

Misconception: the thread is left
Fails modernize-again: left 2 threads behind
"""

import asyncio
import threading


def modernize():
    lines = []

    async def func(i):
        lines.append(f"start: {i}")
        await asyncio.sleep(0.02)
        lines.append(f"end: {i}")

    async def main():
        await asyncio.gather(func(1), func(3))

    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    asyncio.run_coroutine_threadsafe(main(), loop).result()
    return lines
