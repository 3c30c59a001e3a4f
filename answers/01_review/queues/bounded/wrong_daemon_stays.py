"""A daemon consumer waits for more when the function has returned.

Misconception: M24
Fails bounded-nothing_left: left 1 thread behind
Fails bounded-arguments: left 1 thread behind
"""

import queue
import threading


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    buffer, errors = queue.Queue(size), []

    def work():
        while True:
            item = buffer.get()
            try:
                if not errors:
                    consume(item)
            except Exception as error:
                errors.append(error)
            finally:
                buffer.task_done()

    threading.Thread(target=work, daemon=True).start()
    try:
        for item in produce():
            buffer.put(item)
    finally:
        buffer.join()
    if errors:
        raise errors[0]
