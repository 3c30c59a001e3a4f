"""Never looks at its arguments.

Misconception: arguments unchecked
Fails retry-arguments: ValueError
"""

import asyncio


async def retry(operation, attempts, base):
    for attempt in range(attempts):
        try:
            return await operation()
        except Exception:
            if attempt == attempts - 1:
                raise
        await asyncio.sleep(base * 2**attempt)
