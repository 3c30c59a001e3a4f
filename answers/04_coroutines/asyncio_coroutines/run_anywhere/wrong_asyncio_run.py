"""Calls asyncio.run, which works in scripts only.

Misconception: a loop inside a loop
Fails run_anywhere-notebook: A loop already runs in this thread
Fails run_anywhere-errors: cannot be called from a running event loop
Fails run_anywhere-nothing_left: A loop already runs in this thread
"""

import asyncio


def run_anywhere(coroutine):
    return asyncio.run(coroutine)
