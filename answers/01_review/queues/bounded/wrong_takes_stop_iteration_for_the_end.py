"""Takes a StopIteration of `consume` for the end of the items.

Misconception: an `except` that is wider than what it is meant for
Fails bounded-consumer_fails: StopIteration('no more paper') reaches the caller
"""

import queue
import threading


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    buffer, end = queue.Queue(size), object()
    errors, over = [], threading.Event()

    def fill():
        try:
            for item in produce():
                if over.is_set():
                    break
                buffer.put(item)
        except Exception as error:
            errors.append(error)
        buffer.put(end)

    producer = threading.Thread(target=fill)
    producer.start()
    rest = iter(buffer.get, end)
    try:
        while True:
            consume(next(rest))
    except StopIteration:
        pass
    except Exception as error:
        errors.insert(0, error)
        over.set()
        for _ in rest:
            pass
    producer.join()
    if errors:
        raise errors[0]
