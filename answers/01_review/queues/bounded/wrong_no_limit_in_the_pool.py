"""Submits every item to a pool of one, whose queue has no bound.

Misconception: a pool of one bounds its queue
Fails bounded-slow_consumer: waited while each one was consumed is [5, 4
"""

from concurrent.futures import ThreadPoolExecutor


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    with ThreadPoolExecutor(1) as pool:
        futures = [pool.submit(consume, item) for item in produce()]
        for future in futures:
            future.result()
