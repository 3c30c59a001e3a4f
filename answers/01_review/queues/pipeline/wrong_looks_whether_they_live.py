"""The caller looks every few milliseconds whether a consumer is still alive.

Misconception: M34
Fails pipeline-any_order: only to look whether it can go on
"""

import time
from queue import SimpleQueue
from threading import Thread


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError(f"{consumers} consumers")
    jobs, results, errors = SimpleQueue(), {}, []
    for job in enumerate(items):
        jobs.put(job)
    for _ in range(consumers):
        jobs.put(None)

    def work():
        while job := jobs.get():
            place, item = job
            try:
                results[place] = parse(item)
            except Exception as error:
                errors.append(error)

    threads = [Thread(target=work) for _ in range(consumers)]
    for thread in threads:
        thread.start()
    while jobs.qsize() or any(map(Thread.is_alive, threads)):
        time.sleep(0.005)
    if errors:
        raise errors[-1]
    return [results[place] for place in range(len(items))]
