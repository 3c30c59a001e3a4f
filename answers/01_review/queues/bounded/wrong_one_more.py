"""Makes the buffer one larger, for the item that is being consumed.

Misconception: counts what is being worked on
Fails bounded-slow_consumer: waited while each one was consumed is [4, 4
"""

import queue
import threading


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError
    q = queue.Queue(size + 1)
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
            q.put(item)
    finally:
        q.put(end)
        t.join()
    if errors:
        raise errors[0]
