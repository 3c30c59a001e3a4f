"""The consumer wakes ten times a second to look at a flag.

Misconception: M34
Fails bounded-slow_producer: only to look whether it can go on
"""

import queue
import threading


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError
    q = queue.Queue(size)
    errors = []
    done = threading.Event()

    def work():
        while not (done.is_set() and q.empty()):
            try:
                item = q.get(timeout=0.1)
            except queue.Empty:
                continue
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
        done.set()
        t.join()
    if errors:
        raise errors[0]
