"""Two threads and a queue; after an error of `consume`, the consumer only empties the queue up to the end mark."""

import queue
import threading


class Worker(threading.Thread):
    def __init__(self, work):
        super().__init__()
        self.work = work
        self.error = None

    def run(self):
        try:
            self.work()
        except Exception as error:
            self.error = error


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError("size must be positive")
    waiting = queue.Queue(maxsize=size)

    def produce_all():
        try:
            for item in produce():
                waiting.put([item])
        finally:
            waiting.put([])

    def consume_all():
        box = waiting.get()
        try:
            while box:
                consume(box[0])
                box = waiting.get()
        finally:
            while box:
                box = waiting.get()

    workers = [Worker(produce_all), Worker(consume_all)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    for worker in workers:
        if worker.error:
            raise worker.error
