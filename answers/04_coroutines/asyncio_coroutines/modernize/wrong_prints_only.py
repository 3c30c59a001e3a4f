"""Prints the lines and returns nothing.

Misconception: print is not return
Fails modernize-lines: returned None
Fails modernize-again: returned None
"""

import asyncio


def modernize():
    async def func(i):
        print("start:", i)
        await asyncio.sleep(0.02)
        print("end:", i)

    async def main():
        await asyncio.gather(func(1), func(3))

    asyncio.run(main())
