"""Throws the oldest item away when there is no room.

Misconception: M22
Fails bounded-in_order: ['d', 'e']
Fails bounded-slow_consumer: what was consumed is [4, 5]
Fails bounded-consumer_fails: the error is None
Fails bounded-any_item: what was consumed is [False
"""

import queue
import threading


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError
    q = queue.Queue(size)
    end = object()
    errors = []

    def work():
        while (item := q.get()) is not end:
            try:
                if not errors:
                    consume(item)
            except Exception as e:
                errors.append(e)

    t = threading.Thread(target=work)
    t.start()
    try:
        for item in produce():
            try:
                q.put_nowait(item)
            except queue.Full:
                q.get()
                q.put(item)
    finally:
        q.put(end)
        t.join()
    if errors:
        raise errors[0]
