"""Counts in the calling process and has a worker hand the count back.

Misconception: M1
Fails count_primes-in_workers: none of them received one of the inputs as it is
"""

from concurrent.futures import ProcessPoolExecutor


def count(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def same(value):
    return value


def count_primes(limits, workers):
    with ProcessPoolExecutor(workers) as pool:
        return [future.result() for future in [pool.submit(same, count(limit)) for limit in limits]]
