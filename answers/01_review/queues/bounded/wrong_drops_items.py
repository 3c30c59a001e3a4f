"""Asks `full()` and leaves an item out when there is no room.

Misconception: M22
Fails bounded-in_order: what was consumed when bounded() returned is
Fails bounded-slow_consumer: what was consumed is [0, 1]
Fails bounded-consumer_fails: the error is None
Fails bounded-any_item: what was consumed is [None, 0]
"""

import queue
import threading


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    buffer, end, errors = queue.Queue(size), object(), []

    def work():
        failed = False
        while (item := buffer.get()) is not end:
            if failed:
                continue
            try:
                consume(item)
            except Exception as error:
                errors.append(error)
                failed = True

    thread = threading.Thread(target=work)
    thread.start()
    try:
        for item in produce():
            if not buffer.full():
                buffer.put(item)
    finally:
        buffer.put(end)
        thread.join()
    if errors:
        raise errors[0]
