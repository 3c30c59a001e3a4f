"""Lets the coroutine hand the job over to a thread.

Misconception: a coroutine is a thread
Fails measure-coroutine: 3 calls, in threads
"""

import asyncio
import multiprocessing
import threading
import time

import gevent


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
        asyncio.run(asyncio.to_thread(job))


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
