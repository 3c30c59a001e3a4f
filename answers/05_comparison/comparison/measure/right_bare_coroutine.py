"""Runs the coroutine by hand, without an event loop, and the greenlet without gevent's hub."""

import statistics
import threading
from multiprocessing import get_context
from time import monotonic_ns

from greenlet import greenlet


def measure(kinds, job):
    known = {"process", "thread", "greenlet", "coroutine"}
    if set(kinds) - known:
        raise ValueError(f"unknown: {set(kinds) - known}")

    async def coroutine():
        job()

    def one(kind):
        begin = monotonic_ns()
        match kind:
            case "process":
                process = get_context().Process(target=job)
                process.start()
                process.join()
                process.close()
            case "thread":
                thread = threading.Thread(target=job)
                thread.start()
                thread.join()
            case "greenlet":
                greenlet(job).switch()
            case "coroutine":
                try:
                    coroutine().send(None)
                except StopIteration:
                    pass
        return (monotonic_ns() - begin) / 1e9

    return {kind: float(statistics.median([one(kind) for _ in range(3)])) for kind in kinds}
