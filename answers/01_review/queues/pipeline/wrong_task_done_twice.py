"""Says `task_done` after the work and once more in `finally`: `join()` ends too early, and the count below zero.

Misconception: M21
Fails pipeline-in_order: task_done() called too many times
Fails pipeline-any_order: task_done() called too many times
Fails pipeline-at_once: only 2 at the same time
Fails pipeline-nothing_left: task_done() called too many times
Fails pipeline-any_item: task_done() called too many times
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
            finally:
                waiting.task_done()

    threads = [threading.Thread(target=consume) for _ in range(consumers)]
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
