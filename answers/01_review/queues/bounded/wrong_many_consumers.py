"""Starts as many consumers as the buffer has places.

Misconception: size is a number of threads
Fails bounded-in_order: what was consumed when bounded() returned is ['b',
Fails bounded-slow_consumer: waited while each one was consumed is [4, 4
Fails bounded-any_item: what was consumed is [0,
Fails bounded-nothing_left: 2 at the same time
"""

import queue
import threading


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    buffer, end, errors = queue.Queue(size), object(), []

    def work():
        while (item := buffer.get()) is not end:
            if not errors:
                try:
                    consume(item)
                except Exception as error:
                    errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(size)]
    for thread in threads:
        thread.start()
    try:
        for item in produce():
            buffer.put(item)
    finally:
        for _ in threads:
            buffer.put(end)
        for thread in threads:
            thread.join()
    if errors:
        raise errors[0]
