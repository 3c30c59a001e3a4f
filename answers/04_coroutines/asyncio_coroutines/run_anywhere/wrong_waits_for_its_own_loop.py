"""Hands the coroutine to the loop that runs, and waits in the same thread until it is done.

Misconception: M25
Fails run_anywhere-notebook: the event loop stands still
Fails run_anywhere-errors: the event loop stands still
Fails run_anywhere-nothing_left: the event loop stands still
"""

import asyncio


def run_anywhere(coroutine):
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    return asyncio.run_coroutine_threadsafe(coroutine, loop).result()
