"""Finds out about a name that is no kind when others have been measured.

Misconception: an error undoes what was done
Fails measure-kinds: Are all the names looked at before the first worker is made?
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
    elif kind == "coroutine":
        asyncio.run(call(job))
    else:
        raise ValueError(kind)


def measure(kinds, job):
    seconds = {}
    for kind in kinds:
        begin = time.perf_counter()
        for _ in range(3):
            run(kind, job)
        seconds[kind] = (time.perf_counter() - begin) / 3
    return seconds
