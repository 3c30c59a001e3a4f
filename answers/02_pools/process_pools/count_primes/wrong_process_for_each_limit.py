"""Starts a process for each limit, all at the same time.

Misconception: leaves the number of workers out of account
Fails count_primes-in_workers: What bounds the number of
"""

from multiprocessing import Process, Queue


def count(index, limit, results):
    results.put((index, sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))))


def count_primes(limits, workers):
    if workers < 1:
        raise ValueError("workers must be at least 1")
    results = Queue()
    processes = [Process(target=count, args=(index, limit, results)) for index, limit in enumerate(limits)]
    for process in processes:
        process.start()
    counts = dict(results.get() for _ in processes)
    for process in processes:
        process.join()
    return [counts[index] for index in range(len(limits))]
