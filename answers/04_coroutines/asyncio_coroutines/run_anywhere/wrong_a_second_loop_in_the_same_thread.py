"""Makes a new loop, but runs it in the thread where one runs already.

Misconception: a loop inside a loop
Fails run_anywhere-notebook: Cannot run the event loop while another loop is running
Fails run_anywhere-errors: Cannot run the event loop while another loop is running
Fails run_anywhere-nothing_left: A loop already runs in this thread
"""

import asyncio


def run_anywhere(coroutine):
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(coroutine)
    finally:
        loop.close()
