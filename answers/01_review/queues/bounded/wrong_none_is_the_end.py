"""Takes None for the end mark.

Misconception: None never occurs
Fails bounded-consumer_fails: `buffer.put(item)`
Fails bounded-any_item: what was consumed is []
"""

import queue
from concurrent.futures import ThreadPoolExecutor


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    buffer = queue.Queue(size)

    def work():
        try:
            while (item := buffer.get()) is not None:
                consume(item)
        finally:
            while not buffer.empty():
                buffer.get()

    with ThreadPoolExecutor(1) as pool:
        consumer = pool.submit(work)
        try:
            for item in produce():
                if consumer.done():
                    break
                buffer.put(item)
        finally:
            if not consumer.done():
                buffer.put(None)
        consumer.result()
