"""Uses `starmap_async` with a first argument that is the same for all jobs."""

import itertools
import multiprocessing


def count(start, stop):
    return sum(1 for n in range(start, stop) if all(n % d for d in range(2, int(n**0.5) + 1)))


def count_primes(limits, workers):
    with multiprocessing.Pool(workers) as pool:
        return pool.starmap_async(count, zip(itertools.repeat(2), limits), 1).get()
