"""Lets the exception end in the thread.

Misconception: M4
Fails run_anywhere-errors: returned None
"""

import asyncio
import threading


def run_anywhere(coroutine):
    results = []

    def work():
        try:
            results.append(asyncio.run(coroutine))
        except Exception as error:
            print(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return results[0] if results else None
