"""Counts in batches of `workers` and waits for the slowest of each batch.

Misconception: a batch takes the place of a bound
Fails count_primes-in_workers: when 30 had ended, only 1 at the same time: 10
"""

from concurrent.futures import ProcessPoolExecutor


def count(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def count_primes(limits, workers):
    counts = []
    with ProcessPoolExecutor(workers) as pool:
        for begin in range(0, len(limits), workers):
            counts.extend(pool.map(count, limits[begin : begin + workers]))
    return counts
