"""Sends the end mark only when the iterator has come to its end without an error.

Misconception: the end is always reached
Fails bounded-producer_fails: waits for ever
Fails bounded-nothing_left: The producer has failed. Who waits for the consumer, which is still
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

    thread = threading.Thread(target=work)
    thread.start()
    for item in produce():
        buffer.put(item)
    buffer.put(end)
    thread.join()
    if errors:
        raise errors[0]
