"""Consumers are a Thread class of their own; the one end mark is handed on from each to the next."""

from queue import SimpleQueue
from threading import Thread

END = object()


class Consumer(Thread):
    def __init__(self, jobs, parse, results):
        super().__init__(daemon=True)
        self.jobs, self.parse, self.results, self.error = jobs, parse, results, None

    def run(self):
        for place, item in iter(self.jobs.get, END):
            try:
                self.results[place] = self.parse(item)
            except BaseException as error:
                self.error = self.error or error
        self.jobs.put(END)


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError(f"consumers is {consumers}")
    jobs, results = SimpleQueue(), [None] * len(items)
    everyone = [Consumer(jobs, parse, results) for _ in range(consumers)]
    for consumer in everyone:
        consumer.start()
    for job in enumerate(items):
        jobs.put(job)
    jobs.put(END)
    for consumer in everyone:
        consumer.join()
    for consumer in everyone:
        if consumer.error is not None:
            raise consumer.error
    return results
