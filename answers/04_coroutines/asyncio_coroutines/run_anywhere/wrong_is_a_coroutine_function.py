"""Is a coroutine function, so that its caller has to await, too.

Misconception: M26
Fails run_anywhere-script: never awaited
Fails run_anywhere-notebook: never awaited
Fails run_anywhere-errors: never awaited
Fails run_anywhere-nothing_left: begun: nothing
"""


async def run_anywhere(coroutine):
    return await coroutine
