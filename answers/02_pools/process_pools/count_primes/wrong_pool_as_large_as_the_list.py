"""Makes as many workers as there are limits.

Misconception: leaves the number of workers out of account
Fails count_primes-in_workers: What bounds the number of
"""

from concurrent.futures import ProcessPoolExecutor


def count(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def count_primes(limits, workers):
    if workers < 1:
        raise ValueError("workers must be at least 1")
    with ProcessPoolExecutor(max(workers, len(limits))) as pool:
        return list(pool.map(count, limits))
