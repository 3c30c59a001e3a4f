"""Always runs the coroutine in a thread of a pool of one."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


def run_anywhere(coroutine):
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, coroutine).result()
