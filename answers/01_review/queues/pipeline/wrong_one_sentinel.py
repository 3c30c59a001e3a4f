"""Puts one end mark into the queue, however many consumers wait for one.

Misconception: M20
Fails pipeline-in_order: never ends
Fails pipeline-any_order: waits for ever
Fails pipeline-many_errors: waits for ever
Fails pipeline-any_item: never ends
Fails pipeline-errors: never ends
Fails pipeline-nothing_left: never ends
Fails pipeline-arguments: never ends
"""

import queue
import threading


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError("consumers must be at least 1")
    waiting, done, errors, end = queue.Queue(), {}, [], object()

    def consume():
        while (job := waiting.get()) is not end:
            place, item = job
            try:
                done[place] = parse(item)
            except Exception as error:
                errors.append(error)

    threads = [threading.Thread(target=consume) for _ in range(consumers)]
    for thread in threads:
        thread.start()
    for job in enumerate(items):
        waiting.put(job)
    waiting.put(end)
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return [done[place] for place in range(len(items))]
