"""Takes the mean of three, with a function for each kind."""

import asyncio
import multiprocessing
import threading
import time

import gevent

TIMES = 3


def run_process(job):
    child = multiprocessing.Process(target=job)
    child.start()
    child.join()


def run_thread(job):
    thread = threading.Thread(target=job, daemon=True)
    thread.start()
    thread.join()


def run_greenlet(job):
    gevent.joinall([gevent.spawn(job)])


async def call(job):
    job()


def run_coroutine(job):
    asyncio.run(call(job))


WAYS = {"process": run_process, "thread": run_thread, "greenlet": run_greenlet, "coroutine": run_coroutine}


def measure(kinds, job):
    for kind in kinds:
        if kind not in WAYS:
            raise ValueError(kind)
    seconds = {}
    for kind in kinds:
        begin = time.perf_counter()
        for _ in range(TIMES):
            WAYS[kind](job)
        seconds[kind] = (time.perf_counter() - begin) / TIMES
    return seconds
