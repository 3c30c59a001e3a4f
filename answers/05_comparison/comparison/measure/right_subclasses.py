"""Classes of workers that call the job in their own `run`."""

import asyncio
import multiprocessing
import threading
import time

import gevent


class InThread(threading.Thread):
    def __init__(self, job):
        super().__init__()
        self.job = job

    def run(self):
        self.job()


class InProcess(multiprocessing.Process):
    def __init__(self, job):
        super().__init__()
        self.job = job

    def run(self):
        self.job()


class InGreenlet(gevent.Greenlet):
    def __init__(self, job):
        super().__init__()
        self.job = job

    def _run(self):
        self.job()


class InCoroutine:
    def __init__(self, job):
        self.job = job

    def start(self):
        pass

    async def run(self):
        self.job()

    def join(self):
        with asyncio.Runner() as runner:
            runner.run(self.run())


KINDS = {"thread": InThread, "process": InProcess, "greenlet": InGreenlet, "coroutine": InCoroutine}


def measure(kinds: list[str], job) -> dict[str, float]:
    if any(kind not in KINDS for kind in kinds):
        raise ValueError(kinds)
    return {kind: sum(cost(KINDS[kind], job) for _ in range(3)) / 3 for kind in kinds}


def cost(make, job):
    begin = time.perf_counter()
    worker = make(job)
    worker.start()
    worker.join()
    return time.perf_counter() - begin
