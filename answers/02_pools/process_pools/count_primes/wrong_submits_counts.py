"""Counts while submitting, and hands the count to the pool in the place of a function.

Misconception: M1
Fails count_primes-counts: 'int' object is not callable
Fails count_primes-in_workers: what a function has returned already?
Fails count_primes-nothing_left: what a function has returned already?
"""

from concurrent.futures import ProcessPoolExecutor


def count(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def count_primes(limits, workers):
    with ProcessPoolExecutor(workers) as pool:
        futures = [pool.submit(count(limit)) for limit in limits]
        return [future.result() for future in futures]
