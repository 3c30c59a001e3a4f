"""Returns when the last item has been put, while a daemon thread is still consuming.

Misconception: M24
Fails bounded-in_order: what was consumed when bounded() returned is
Fails bounded-slow_consumer: what was consumed is [0, 1, 2, 3]
Fails bounded-slow_producer: what happened is
Fails bounded-consumer_fails: the error is None
Fails bounded-any_item: what was consumed is
Fails bounded-nothing_left: the call returned while consume('b')
"""

import queue
import threading


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    buffer, end = queue.Queue(size), object()

    def work():
        failed = False
        while (item := buffer.get()) is not end:
            try:
                if not failed:
                    consume(item)
            except Exception:
                failed = True

    threading.Thread(target=work, daemon=True).start()
    try:
        for item in produce():
            buffer.put(item)
    finally:
        buffer.put(end)
