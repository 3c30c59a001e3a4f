"""Uses `multiprocessing.Pool` and its `map`, one limit at a time."""

from multiprocessing import Pool


def count_below(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def count_primes(limits, workers):
    with Pool(workers) as pool:
        return pool.map(count_below, limits, chunksize=1)
