"""The consumers append what they have parsed to one list, in the order in which it is ready.

Misconception: M6
Fails pipeline-in_order: returned ['value of f', 'value of e'
Fails pipeline-any_order: the list is
Fails pipeline-any_item: returned ['a', None
"""

import queue
import threading


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError("consumers must be at least 1")
    waiting, done, errors, end = queue.Queue(), [], [], object()

    def consume():
        while (item := waiting.get()) is not end:
            try:
                done.append(parse(item))
            except Exception as error:
                errors.append(error)

    threads = [threading.Thread(target=consume) for _ in range(consumers)]
    for thread in threads:
        thread.start()
    for item in items:
        waiting.put(item)
    for _ in threads:
        waiting.put(end)
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return done
