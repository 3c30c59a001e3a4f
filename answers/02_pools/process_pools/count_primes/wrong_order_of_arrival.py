"""Lists the counts as they arrive.

Misconception: M6
Fails count_primes-counts: returned [4, 0, 25, 1, 0, 10]
"""

from concurrent.futures import ProcessPoolExecutor, as_completed


def count(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def count_primes(limits, workers):
    with ProcessPoolExecutor(workers) as pool:
        return [future.result() for future in as_completed([pool.submit(count, limit) for limit in limits])]
