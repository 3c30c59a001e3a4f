"""Says `task_done` only when `parse` has gone well; after an error, `join()` waits for ever.

Misconception: M21
Fails pipeline-errors: `waiting.join()`
Fails pipeline-many_errors: `waiting.join()`
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
                waiting.task_done()
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
