"""Looks every few milliseconds whether there is room, or an item.

Misconception: M34
Fails bounded-slow_consumer: only to look whether it can go on
Fails bounded-slow_producer: only to look whether it can go on
Fails bounded-consumer_fails: only to look whether it can go on
Fails bounded-producer_fails: only to look whether it can go on
"""

import threading
import time


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    buffer, end, errors = [], object(), []

    def work():
        while True:
            while not buffer:
                time.sleep(0.01)
            if (item := buffer.pop(0)) is end:
                return
            if not errors:
                try:
                    consume(item)
                except Exception as error:
                    errors.append(error)

    def put(item):
        while len(buffer) >= size:
            time.sleep(0.01)
        buffer.append(item)

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
