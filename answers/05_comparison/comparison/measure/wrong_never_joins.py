"""Measures how long it takes to start a worker, and does not wait for it.

Misconception: M33
Fails measure-process: calls at the same time
Fails measure-thread: calls at the same time
Fails measure-greenlet: no calls
"""

import asyncio
import multiprocessing
import threading
import time

import gevent


async def call(job):
    job()


def start(kind, job):
    if kind == "process":
        multiprocessing.Process(target=job).start()
    elif kind == "thread":
        threading.Thread(target=job).start()
    elif kind == "greenlet":
        gevent.spawn(job)
    else:
        asyncio.run(call(job))


def measure(kinds, job):
    if not set(kinds) <= {"process", "thread", "greenlet", "coroutine"}:
        raise ValueError(kinds)
    seconds = {}
    for kind in kinds:
        begin = time.perf_counter()
        for _ in range(3):
            start(kind, job)
        seconds[kind] = (time.perf_counter() - begin) / 3
    return seconds
