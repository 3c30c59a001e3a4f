"""Builds its own channel from a deque and a Condition; the consumers are the threads of a pool."""

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from threading import Condition


class Channel:
    def __init__(self):
        self.items = deque()
        self.changed = Condition()
        self.closed = False

    def put(self, item):
        with self.changed:
            self.items.append(item)
            self.changed.notify()

    def close(self):
        with self.changed:
            self.closed = True
            self.changed.notify_all()

    def __iter__(self):
        while True:
            with self.changed:
                self.changed.wait_for(lambda: self.items or self.closed)
                if not self.items:
                    return
                item = self.items.popleft()
            yield item


def pipeline(items, parse, consumers):
    channel = Channel()

    def consume():
        return {place: parse(item) for place, item in channel}

    with ThreadPoolExecutor(consumers) as pool:
        futures = [pool.submit(consume) for _ in range(consumers)]
        for job in enumerate(items):
            channel.put(job)
        channel.close()
    merged = {}
    for future in futures:
        merged.update(future.result())
    return [merged[place] for place in sorted(merged)]
