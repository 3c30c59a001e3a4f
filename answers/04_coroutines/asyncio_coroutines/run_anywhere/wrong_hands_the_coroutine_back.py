"""Returns the coroutine where a loop runs, and lets the caller await it.

Misconception: M26
Fails run_anywhere-notebook: never awaited
Fails run_anywhere-errors: never awaited
Fails run_anywhere-nothing_left: begun: nothing
"""

import asyncio


def run_anywhere(coroutine):
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    return coroutine
