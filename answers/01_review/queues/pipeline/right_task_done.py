"""Waits with `join()` until every task is done, then sends one end mark to each consumer."""

import threading
from queue import Queue


def _consume(jobs, parse, results, errors, end):
    while True:
        job = jobs.get()
        try:
            if job is end:
                break
            place, item = job
            results[place] = parse(item)
        except Exception as error:
            errors.append(error)
        finally:
            jobs.task_done()


def pipeline(items: list, parse, consumers: int) -> list:
    if consumers < 1:
        raise ValueError("consumers < 1")
    jobs, results, errors, end = Queue(), [None] * len(items), [], object()
    threads = []
    for _ in range(consumers):
        thread = threading.Thread(target=_consume, args=(jobs, parse, results, errors, end))
        thread.start()
        threads.append(thread)
    for place, item in enumerate(items):
        jobs.put((place, item))
    jobs.join()
    for _ in threads:
        jobs.put(end)
    for thread in threads:
        thread.join()
    if errors:
        raise errors[-1]
    return results
