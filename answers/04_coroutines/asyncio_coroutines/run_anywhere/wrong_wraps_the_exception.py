"""Raises an exception of its own for each one of the coroutine.

Misconception: errors wrapped
Fails run_anywhere-errors: raised RuntimeError
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor


def run_anywhere(coroutine):
    with ThreadPoolExecutor(1) as pool:
        try:
            return pool.submit(asyncio.run, coroutine).result()
        except Exception as error:
            raise RuntimeError("the coroutine failed") from error
