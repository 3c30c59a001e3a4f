"""Calls the job, and hands what it returned to a new worker.

Misconception: M1
Fails measure-process: in the calling thread itself
Fails measure-thread: in the calling thread itself
Fails measure-greenlet: in the calling thread itself
"""

import asyncio
import multiprocessing
import threading
import time

import gevent


async def call(job):
    job()


def nothing(value):
    pass


def run(kind, job):
    if kind == "process":
        process = multiprocessing.Process(target=nothing, args=(job(),))
        process.start()
        process.join()
    elif kind == "thread":
        thread = threading.Thread(target=nothing, args=(job(),))
        thread.start()
        thread.join()
    elif kind == "greenlet":
        gevent.spawn(nothing, job()).join()
    else:
        asyncio.run(call(job))


def measure(kinds, job):
    if not set(kinds) <= {"process", "thread", "greenlet", "coroutine"}:
        raise ValueError(kinds)
    seconds = {}
    for kind in kinds:
        begin = time.perf_counter()
        for _ in range(3):
            run(kind, job)
        seconds[kind] = (time.perf_counter() - begin) / 3
    return seconds
