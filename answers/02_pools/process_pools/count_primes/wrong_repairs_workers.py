"""Takes a bad number of workers for 1.

Misconception: a bad argument is repaired in silence
Fails count_primes-arguments: expected:  started: nothing
"""

from concurrent.futures import ProcessPoolExecutor


def count(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def count_primes(limits, workers):
    with ProcessPoolExecutor(max(1, workers)) as pool:
        return list(pool.map(count, limits))
