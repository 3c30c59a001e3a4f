"""Calls `apply`, which waits for the result, in a loop.

Misconception: M2
Fails count_primes-in_workers: one after the other
"""

from multiprocessing import Pool


def count(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def count_primes(limits, workers):
    with Pool(workers) as pool:
        return [pool.apply(count, (limit,)) for limit in limits]
