"""Waits for each process to end before it starts the next one.

Misconception: M2
Fails count_primes-in_workers: one after the other
"""

from multiprocessing import Process, SimpleQueue


def count(limit, results):
    results.put(sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit)))


def count_primes(limits, workers):
    if workers < 1:
        raise ValueError("workers must be at least 1")
    results = SimpleQueue()
    counts = []
    for limit in limits:
        process = Process(target=count, args=(limit, results))
        process.start()
        process.join()
        counts.append(results.get())
    return counts
