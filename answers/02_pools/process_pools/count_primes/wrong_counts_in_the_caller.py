"""Makes a pool and counts without it.

Misconception: a pool does something by being there
Fails count_primes-in_workers: no worker process ever received one of the inputs
"""

from concurrent.futures import ProcessPoolExecutor


def count(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def count_primes(limits, workers):
    with ProcessPoolExecutor(workers):
        return list(map(count, limits))
