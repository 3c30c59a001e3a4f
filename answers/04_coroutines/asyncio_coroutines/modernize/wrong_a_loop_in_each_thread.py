"""Gives each coroutine a thread and a loop of its own.

Misconception: a loop for one coroutine
Fails modernize-one_loop: 2 event loops ran
"""

import asyncio
import threading


def modernize():
    lines = []

    async def func(i):
        lines.append(f"start: {i}")
        await asyncio.sleep(0.02)
        lines.append(f"end: {i}")

    threads = [threading.Thread(target=asyncio.run, args=(func(i),)) for i in (1, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return lines
