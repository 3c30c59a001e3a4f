"""Has the workers append to a list of the module: each appends to its own copy.

Misconception: M11
Fails count_primes-counts: returned []
"""

from concurrent.futures import ProcessPoolExecutor

counts = []


def count(limit):
    counts.append(sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit)))


def count_primes(limits, workers):
    counts.clear()
    with ProcessPoolExecutor(workers) as pool:
        for limit in limits:
            pool.submit(count, limit)
    return counts
