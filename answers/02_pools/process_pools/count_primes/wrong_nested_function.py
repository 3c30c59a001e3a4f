"""Gives a function to the pool that is defined inside another one.

Misconception: M10
Fails count_primes-counts: finds a function by its module and name
Fails count_primes-in_workers: finds a function by its module and name
Fails count_primes-nothing_left: finds a function by its module and name
"""

from concurrent.futures import ProcessPoolExecutor


def count_primes(limits, workers):
    def is_prime(n):
        return n > 1 and all(n % d for d in range(2, int(n**0.5) + 1))

    def count(limit):
        return sum(map(is_prime, range(limit)))

    with ProcessPoolExecutor(workers) as pool:
        futures = [pool.submit(count, limit) for limit in limits]
    return [future.result() for future in futures]
