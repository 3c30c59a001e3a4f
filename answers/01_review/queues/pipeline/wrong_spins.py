"""The consumers ask again and again whether an item is there.

Misconception: M34
Fails pipeline-any_order: goes round and round
Fails pipeline-many_errors: goes round and round
"""

import threading
from collections import deque


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError("consumers must be at least 1")
    waiting, done, errors, end = deque(), {}, [], object()

    def consume():
        while True:
            try:
                job = waiting.popleft()
            except IndexError:
                continue
            if job is end:
                break
            place, item = job
            try:
                done[place] = parse(item)
            except Exception as error:
                errors.append(error)

    threads = [threading.Thread(target=consume) for _ in range(consumers)]
    for thread in threads:
        thread.start()
    for job in enumerate(items):
        waiting.append(job)
    for _ in threads:
        waiting.append(end)
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return [done[place] for place in range(len(items))]
