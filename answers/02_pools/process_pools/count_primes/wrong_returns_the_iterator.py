"""Returns what `map` gives and not a list.

Misconception: M5
Fails count_primes-counts: returned a generator object
Fails count_primes-arguments: returned a generator object
"""

from concurrent.futures import ProcessPoolExecutor


def count(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def count_primes(limits, workers):
    with ProcessPoolExecutor(workers) as pool:
        return pool.map(count, limits)
