"""Runs the loop in a thread of its own, and takes the lines from what is printed."""

import asyncio
import contextlib
import io
import threading


async def func(i, out):
    print("start:", i, file=out)
    await asyncio.sleep(0.02)
    print("end:", i, file=out)


async def both(out):
    first = asyncio.create_task(func(1, out))
    await func(3, out)
    await first


def modernize():
    with contextlib.closing(io.StringIO()) as out:
        thread = threading.Thread(target=lambda: asyncio.run(both(out)))
        thread.start()
        thread.join()
        return out.getvalue().splitlines()
