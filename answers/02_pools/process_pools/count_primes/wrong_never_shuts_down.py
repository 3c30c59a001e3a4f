"""Keeps its pool for ever.

Misconception: M3
Fails count_primes-nothing_left: Who shuts the pool down and waits for it?
"""

from concurrent.futures import ProcessPoolExecutor

pools = []


def count(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def count_primes(limits, workers):
    pool = ProcessPoolExecutor(workers)
    pools.append(pool)
    return list(pool.map(count, limits))
