"""The two sides are jobs of a pool; a failed consumer sets a flag and takes what the producer may still put."""

from concurrent.futures import ThreadPoolExecutor
from queue import Queue
from threading import Event

END = object()


def _produce(produce, buffer, stop):
    try:
        for item in produce():
            if stop.is_set():
                break
            buffer.put(item)
    finally:
        buffer.put(END)


def _consume(consume, buffer, stop):
    for item in iter(buffer.get, END):
        try:
            consume(item)
        except BaseException:
            stop.set()
            for _ in iter(buffer.get, END):
                pass
            raise


def bounded(produce, consume, size):
    if size <= 0:
        raise ValueError("size must be at least 1")
    buffer, stop = Queue(size), Event()
    with ThreadPoolExecutor(2) as pool:
        futures = [pool.submit(_produce, produce, buffer, stop), pool.submit(_consume, consume, buffer, stop)]
    for future in futures:
        future.result()
