"""Leaves the number of workers to the pool.

Misconception: leaves the number of workers to the default
Fails count_primes-in_workers: at the same time
Fails count_primes-arguments: started: nothing
"""

from concurrent.futures import ProcessPoolExecutor


def count(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def count_primes(limits, workers):
    with ProcessPoolExecutor() as pool:
        return list(pool.map(count, limits))
