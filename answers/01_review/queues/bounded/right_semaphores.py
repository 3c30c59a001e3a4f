"""Two semaphores count the free and the full places of a deque; the caller produces."""

import threading
from collections import deque


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    free, full, buffer = threading.Semaphore(size), threading.Semaphore(0), deque()
    failure = []

    def work():
        while True:
            full.acquire()
            more, item = buffer.popleft()
            free.release()
            if not more:
                return
            if not failure:
                try:
                    consume(item)
                except Exception as error:
                    failure.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        for item in produce():
            free.acquire()
            buffer.append((True, item))
            full.release()
            if failure:
                break
    finally:
        free.acquire()
        buffer.append((False, None))
        full.release()
        thread.join()
    if failure:
        raise failure[0]
