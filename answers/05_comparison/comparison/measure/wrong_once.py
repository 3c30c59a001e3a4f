"""Runs one worker of each kind.

Misconception: once is enough
Fails measure-process: 1 call
Fails measure-thread: 1 call
Fails measure-greenlet: 1 call
Fails measure-coroutine: 1 call
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
        begin = time.perf_counter()
        run(kind, job)
        seconds[kind] = time.perf_counter() - begin
    return seconds
