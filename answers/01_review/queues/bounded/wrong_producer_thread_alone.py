"""The producer is a thread whose exception nobody looks at.

Misconception: M4
Fails bounded-producer_fails: the error is None
Fails bounded-nothing_left: returned None
"""

import queue
import threading


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    buffer, end = queue.Queue(size), object()

    def work():
        try:
            for item in produce():
                buffer.put(item)
        finally:
            buffer.put(end)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        while (item := buffer.get()) is not end:
            consume(item)
    except BaseException:
        while buffer.get() is not end:
            pass
        raise
    finally:
        thread.join()
