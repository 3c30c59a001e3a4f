"""Patches only the loop that runs, and only where one does."""

import asyncio

import nest_asyncio


def run_anywhere(coroutine):
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        with asyncio.Runner() as runner:
            return runner.run(coroutine)
    nest_asyncio.apply(loop)
    return loop.run_until_complete(coroutine)
