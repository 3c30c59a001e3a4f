"""Works only where a loop runs already.

Misconception: notebook only
Fails run_anywhere-script: no running event loop
Fails run_anywhere-errors: no running event loop
Fails run_anywhere-nothing_left: no running event loop
"""

import asyncio

import nest_asyncio


def run_anywhere(coroutine):
    loop = asyncio.get_running_loop()
    nest_asyncio.apply(loop)
    return loop.run_until_complete(coroutine)
