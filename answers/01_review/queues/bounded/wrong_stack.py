"""Takes a LifoQueue for the buffer.

Misconception: any queue keeps the order
Fails bounded-in_order: ['b', 'a', 'd', 'c', 'e']
Fails bounded-slow_consumer: what was consumed is [1, 2, 3, 4, 5, 0]
Fails bounded-any_item: what was consumed is [0, None
"""

import queue
import threading


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    buffer, errors = queue.LifoQueue(size), []
    end = threading.Event()
    full = threading.Semaphore(0)

    def work():
        while True:
            full.acquire()
            if end.is_set() and buffer.empty():
                return
            item = buffer.get()
            if not errors:
                try:
                    consume(item)
                except Exception as error:
                    errors.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        for item in produce():
            buffer.put(item)
            full.release()
    finally:
        end.set()
        full.release()
        thread.join()
    if errors:
        raise errors[0]
