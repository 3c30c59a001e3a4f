"""Counts the limit itself when it is a prime.

Misconception: below is not the same as up to
Fails count_primes-counts: returned [10, 4, 1, 25, 2, 0]
"""

from concurrent.futures import ProcessPoolExecutor


def count(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit + 1))


def count_primes(limits, workers):
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(count, limits))
