"""Waits for the thread, but never asks for the result.

Misconception: M4
Fails run_anywhere-script: returned None
Fails run_anywhere-notebook: returned None
Fails run_anywhere-errors: returned None
"""

import asyncio
import threading


def run_anywhere(coroutine):
    def work():
        try:
            asyncio.run(coroutine)
        except Exception:
            pass

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
