"""Gives a lambda to the pool, which no worker process can find by its name.

Misconception: M10
Fails count_primes-counts: finds a function by its module and name
Fails count_primes-in_workers: finds a function by its module and name
Fails count_primes-nothing_left: finds a function by its module and name
"""

from concurrent.futures import ProcessPoolExecutor


def is_prime(n):
    return n > 1 and all(n % d for d in range(2, int(n**0.5) + 1))


def count_primes(limits, workers):
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(lambda limit: sum(map(is_prime, range(limit))), limits))
