"""Waits with `join()` for tasks of which nobody ever says that they are done.

Misconception: M21
Fails pipeline-in_order: `waiting.join()`
Fails pipeline-any_order: `waiting.join()`
Fails pipeline-errors: `waiting.join()`
Fails pipeline-many_errors: `waiting.join()`
Fails pipeline-any_item: `waiting.join()`
Fails pipeline-nothing_left: `waiting.join()`
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

    threads = [threading.Thread(target=consume, daemon=True) for _ in range(consumers)]
    for thread in threads:
        thread.start()
    for job in enumerate(items):
        waiting.put(job)
    waiting.join()
    for _ in threads:
        waiting.put(end)
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return [done[place] for place in range(len(items))]
