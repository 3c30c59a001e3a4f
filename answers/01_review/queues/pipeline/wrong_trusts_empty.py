"""Asks `empty()` and then calls `get()`: another consumer may have taken the last item in between.

Misconception: M22
Fails pipeline-any_order: `place, item = waiting.get()`
Fails pipeline-many_errors: `place, item = waiting.get()`
"""

import queue
import threading


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError("consumers must be at least 1")
    waiting, done, errors = queue.Queue(), {}, []
    for job in enumerate(items):
        waiting.put(job)

    def consume():
        while not waiting.empty():
            place, item = waiting.get()
            try:
                done[place] = parse(item)
            except Exception as error:
                errors.append(error)

    threads = [threading.Thread(target=consume) for _ in range(consumers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return [done[place] for place in range(len(items))]
