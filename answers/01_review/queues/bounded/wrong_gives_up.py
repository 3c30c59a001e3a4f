"""Takes a moment without an item for the end.

Misconception: M22
Fails bounded-slow_producer: waits for ever
"""

import queue
import threading


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError
    q = queue.Queue(size)
    errors = []

    def work():
        while True:
            try:
                item = q.get(timeout=0.3)
            except queue.Empty:
                return
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
        t.join()
    if errors:
        raise errors[0]
