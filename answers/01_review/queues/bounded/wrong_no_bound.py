"""Gives the queue no size: the producer never waits.

Misconception: a queue is bounded
Fails bounded-slow_consumer: waited while each one was consumed is [5, 4
"""

import queue
import threading


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    buffer, end, errors = queue.Queue(), object(), []

    def work():
        try:
            while (item := buffer.get()) is not end:
                consume(item)
        except Exception as error:
            errors.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        for item in produce():
            buffer.put(item)
    finally:
        buffer.put(end)
        thread.join()
    if errors:
        raise errors[0]
