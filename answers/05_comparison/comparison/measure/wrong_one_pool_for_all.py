"""Measures a pool of one worker, which is made once and called three times.

Misconception: a pool makes a worker for each job
Fails measure-process: 3 calls in 1 process
Fails measure-thread: 3 calls in 1 thread
"""

import asyncio
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import gevent


async def call(job):
    job()


def measure(kinds, job):
    if not set(kinds) <= {"process", "thread", "greenlet", "coroutine"}:
        raise ValueError(kinds)
    seconds = {}
    for kind in kinds:
        begin = time.perf_counter()
        if kind in ("process", "thread"):
            with {"process": ProcessPoolExecutor, "thread": ThreadPoolExecutor}[kind](1) as pool:
                for _ in range(3):
                    pool.submit(job).result()
        for _ in range(3):
            if kind == "greenlet":
                gevent.spawn(job).join()
            elif kind == "coroutine":
                asyncio.run(call(job))
        seconds[kind] = (time.perf_counter() - begin) / 3
    return seconds
