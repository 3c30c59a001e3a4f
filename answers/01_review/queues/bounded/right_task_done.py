"""Counts tasks, and goes on to take items after an error."""

import queue
import threading


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError
    q = queue.Queue(size)
    end = object()
    errors = []

    def work():
        while True:
            item = q.get()
            try:
                if item is end:
                    break
                if not errors:
                    consume(item)
            except Exception as e:
                errors.append(e)
            finally:
                q.task_done()

    t = threading.Thread(target=work)
    t.start()
    try:
        for item in produce():
            q.put(item)
    finally:
        q.put(end)
        q.join()
        t.join()
    if errors:
        raise errors[0]
