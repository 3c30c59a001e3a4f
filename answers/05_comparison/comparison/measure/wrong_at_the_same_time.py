"""Starts all three threads and then waits for them.

Misconception: three at once cost three times one
Fails measure-process: calls at the same time
Fails measure-thread: 3 calls at the same time
"""

import asyncio
import multiprocessing
import threading
import time

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
            make = {"process": multiprocessing.Process, "thread": threading.Thread}[kind]
            workers = [make(target=job) for _ in range(3)]
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join()
        for _ in range(3):
            if kind == "greenlet":
                gevent.spawn(job).join()
            elif kind == "coroutine":
                asyncio.run(call(job))
        seconds[kind] = (time.perf_counter() - begin) / 3
    return seconds
