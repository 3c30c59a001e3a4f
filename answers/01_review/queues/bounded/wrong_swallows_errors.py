"""Prints what `consume` raises and goes on.

Misconception: M4
Fails bounded-consumer_fails: the error is None
Fails bounded-nothing_left: returned None
"""

import queue
import threading


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    buffer, end = queue.Queue(size), object()

    def work():
        while (item := buffer.get()) is not end:
            try:
                consume(item)
            except Exception as error:
                print("skipped:", error)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        for item in produce():
            buffer.put(item)
    finally:
        buffer.put(end)
        thread.join()
