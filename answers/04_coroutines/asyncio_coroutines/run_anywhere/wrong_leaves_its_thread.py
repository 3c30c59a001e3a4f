"""Leaves the thread with its second loop running.

Misconception: the thread is left
Fails run_anywhere-nothing_left: left 1 thread behind
"""

import asyncio
import threading


def run_anywhere(coroutine):
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    return asyncio.run_coroutine_threadsafe(coroutine, loop).result()
