"""A class with a Condition; either side can close it, and the caller consumes."""

from collections import deque
from threading import Condition, Thread


class Buffer:
    def __init__(self, size):
        self.size = size
        self.items = deque()
        self.closed = False
        self.changed = Condition()

    def put(self, item):
        with self.changed:
            self.changed.wait_for(lambda: self.closed or len(self.items) < self.size)
            if not self.closed:
                self.items.append(item)
                self.changed.notify_all()
            return not self.closed

    def close(self):
        with self.changed:
            self.closed = True
            self.changed.notify_all()

    def __iter__(self):
        while True:
            with self.changed:
                self.changed.wait_for(lambda: self.closed or self.items)
                if not self.items:
                    return
                item = self.items.popleft()
                self.changed.notify_all()
            yield item


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError(size)
    buffer, errors = Buffer(size), []

    def work():
        try:
            for item in produce():
                if not buffer.put(item):
                    break
        except Exception as error:
            errors.append(error)
        finally:
            buffer.close()

    producer = Thread(target=work)
    producer.start()
    try:
        for item in buffer:
            consume(item)
    finally:
        buffer.close()
        producer.join()
    if errors:
        raise errors[0]
