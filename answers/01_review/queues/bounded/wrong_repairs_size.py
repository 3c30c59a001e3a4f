"""Takes a size of one where there should be none.

Misconception: bad arguments are to be repaired
Fails bounded-arguments: started:
"""

import queue
from concurrent.futures import ThreadPoolExecutor


def bounded(produce, consume, size):
    buffer, end = queue.Queue(max(size, 1)), object()

    def work():
        try:
            while (item := buffer.get()) is not end:
                consume(item)
        except BaseException:
            while buffer.get() is not end:
                pass
            raise

    with ThreadPoolExecutor(1) as pool:
        consumer = pool.submit(work)
        try:
            for item in produce():
                buffer.put(item)
        finally:
            buffer.put(end)
        consumer.result()
