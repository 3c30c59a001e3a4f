"""Has each worker of the pool do a single job."""

from multiprocessing import Pool


def count(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def count_primes(limits, workers):
    with Pool(workers, maxtasksperchild=1) as pool:
        return pool.map(count, limits, chunksize=1)
