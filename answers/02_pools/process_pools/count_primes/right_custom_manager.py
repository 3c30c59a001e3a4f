"""The workers take their limits from queues that a manager of its own kind serves."""

import queue
from multiprocessing import Process
from multiprocessing.managers import BaseManager


class Queues(BaseManager):
    pass


Queues.register("Queue", queue.Queue)


def work(jobs, results):
    while (job := jobs.get()) is not None:
        index, limit = job
        results.put((index, sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))))


def count_primes(limits, workers):
    if workers < 1:
        raise ValueError("workers must be at least 1")
    with Queues() as manager:
        jobs, results = manager.Queue(), manager.Queue()
        for job in [*enumerate(limits), *[None] * workers]:
            jobs.put(job)
        processes = [Process(target=work, args=(jobs, results)) for _ in range(workers)]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        counts = dict(results.get() for _ in limits)
    return [counts[index] for index in range(len(limits))]
