"""Asks each future for its result before it hands in the next limit.

Misconception: M2
Fails count_primes-in_workers: one after the other
"""

from concurrent.futures import ProcessPoolExecutor


def count(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def count_primes(limits, workers):
    with ProcessPoolExecutor(workers) as pool:
        return [pool.submit(count, limit).result() for limit in limits]
