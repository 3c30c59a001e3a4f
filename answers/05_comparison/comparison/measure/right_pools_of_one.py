"""Makes a pool of one worker for each call, and leaves it before the next."""

import asyncio
import timeit
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

from gevent.pool import Pool


def in_pool(make, job):
    with make(1) as pool:
        pool.submit(job).result()


def in_greenlet(job):
    pool = Pool(1)
    pool.spawn(job)
    pool.join()


async def later(job):
    await asyncio.sleep(0)
    job()


async def main(job):
    task = asyncio.create_task(later(job))
    await task


def measure(kinds, job):
    steps = {
        "process": lambda: in_pool(ProcessPoolExecutor, job),
        "thread": lambda: in_pool(ThreadPoolExecutor, job),
        "greenlet": lambda: in_greenlet(job),
        "coroutine": lambda: asyncio.run(main(job)),
    }
    try:
        chosen = {kind: steps[kind] for kind in kinds}
    except KeyError as error:
        raise ValueError(f"no such kind: {error}") from None
    return {kind: min(timeit.repeat(step, number=1, repeat=3)) for kind, step in chosen.items()}
