"""Takes 1 for a prime.

Misconception: a prime has no divisor but 1
Fails count_primes-counts: returned [11, 5, 1, 26, 2, 0]
"""

from concurrent.futures import ProcessPoolExecutor


def count(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(1, limit))


def count_primes(limits, workers):
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(count, limits))
