"""Gives asyncio.wait tasks in place of coroutines, in a loop that it makes and closes itself."""

import asyncio


def modernize():
    lines = []

    def say(*words):
        lines.append(" ".join(map(str, words)))

    async def func(i):
        say("start:", i)
        await asyncio.sleep(0.02)
        say("end:", i)

    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(asyncio.wait([loop.create_task(func(1)), loop.create_task(func(3))]))
    finally:
        loop.close()
    return lines
