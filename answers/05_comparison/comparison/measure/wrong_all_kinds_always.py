"""Measures all kinds, whatever was asked for.

Misconception: more is better
Fails measure-seconds: returned {'process':
Fails measure-process: in threads and in greenlets and in coroutines
Fails measure-thread: in processes and in greenlets and in coroutines
Fails measure-greenlet: in processes and in threads and in coroutines
Fails measure-coroutine: in processes and in threads and in greenlets
Fails measure-kinds: returned {'process':
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
    seconds = {}
    for kind in ("process", "thread", "greenlet", "coroutine"):
        begin = time.perf_counter()
        for _ in range(3):
            run(kind, job)
        seconds[kind] = (time.perf_counter() - begin) / 3
    return seconds
