"""Makes a task of the coroutine where a loop runs, and returns that.

Misconception: M26
Fails run_anywhere-notebook: returned a task or future
Fails run_anywhere-errors: OSError('no answer') reaches the caller
Fails run_anywhere-nothing_left: left behind
"""

import asyncio


def run_anywhere(coroutine):
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    return loop.create_task(coroutine)
