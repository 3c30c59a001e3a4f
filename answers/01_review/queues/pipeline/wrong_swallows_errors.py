"""Catches every exception and puts None in the place of the result.

Misconception: swallows errors
Fails pipeline-errors: returned ['value of a', None, 'value of c']
Fails pipeline-many_errors: the error is None
"""

import queue
import threading


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError("consumers must be at least 1")
    waiting, done, end = queue.Queue(), {}, object()

    def consume():
        while (job := waiting.get()) is not end:
            place, item = job
            try:
                done[place] = parse(item)
            except Exception as error:
                print("skipped:", error)
                done[place] = None

    threads = [threading.Thread(target=consume) for _ in range(consumers)]
    for thread in threads:
        thread.start()
    for job in enumerate(items):
        waiting.put(job)
    for _ in threads:
        waiting.put(end)
    for thread in threads:
        thread.join()
    return [done[place] for place in range(len(items))]
