"""Puts with a time-out and tries again and again.

Misconception: M34
Fails bounded-slow_consumer: only to look whether it can go on
Fails bounded-consumer_fails: only to look whether it can go on
Fails bounded-producer_fails: only to look whether it can go on
"""

import queue
import threading


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    buffer, end, errors = queue.Queue(size), object(), []

    def work():
        while (item := buffer.get()) is not end:
            try:
                if not errors:
                    consume(item)
            except Exception as error:
                errors.append(error)

    def put(item):
        while True:
            try:
                buffer.put(item, timeout=0.1)
            except queue.Full:
                continue
            return

    thread = threading.Thread(target=work)
    thread.start()
    try:
        for item in produce():
            put(item)
    finally:
        put(end)
        thread.join()
    if errors:
        raise errors[0]
