"""Counts in whole nanoseconds.

Misconception: the unit does not matter
Fails measure-seconds: for 'thread' it gave
Fails measure-process: for 'process' it gave
Fails measure-thread: for 'thread' it gave
Fails measure-greenlet: for 'greenlet' it gave
Fails measure-coroutine: for 'coroutine' it gave
Fails measure-kinds: it gave
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
        begin = time.perf_counter_ns()
        for _ in range(3):
            run(kind, job)
        seconds[kind] = (time.perf_counter_ns() - begin) // 3
    return seconds
