"""Runs the job once more before it measures.

Misconception: nobody counts
Fails measure-process: 4 calls
Fails measure-thread: 4 calls
Fails measure-greenlet: 4 calls
Fails measure-coroutine: 4 calls
"""

import asyncio
import multiprocessing
import threading
import time

import gevent


async def call(job):
    job()


def run(kind, job):
    if kind == "process":
        process = multiprocessing.Process(target=job)
        process.start()
        process.join()
    elif kind == "thread":
        thread = threading.Thread(target=job)
        thread.start()
        thread.join()
    elif kind == "greenlet":
        gevent.spawn(job).join()
    else:
        asyncio.run(call(job))


def measure(kinds, job):
    if not set(kinds) <= {"process", "thread", "greenlet", "coroutine"}:
        raise ValueError(kinds)
    seconds = {}
    for kind in kinds:
        run(kind, job)
        begin = time.perf_counter()
        for _ in range(3):
            run(kind, job)
        seconds[kind] = (time.perf_counter() - begin) / 3
    return seconds
