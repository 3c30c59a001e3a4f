"""A pool of one, and a semaphore for the item being consumed and the rest; one more is in the producer's hand."""

import threading
from concurrent.futures import ThreadPoolExecutor


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    free, futures = threading.Semaphore(size), []
    with ThreadPoolExecutor(1) as pool:
        for item in produce():
            free.acquire()
            futures.append(pool.submit(consume, item))
            futures[-1].add_done_callback(lambda _: free.release())
    for future in futures:
        future.result()
