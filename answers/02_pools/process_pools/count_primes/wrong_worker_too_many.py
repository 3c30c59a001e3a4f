"""Has one worker more than it should, by the pool of `multiprocessing`.

Misconception: off by one in the number of workers
Fails count_primes-in_workers: What bounds the number of
"""

from multiprocessing import Pool


def count(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def count_primes(limits, workers):
    if workers < 1:
        raise ValueError("workers must be at least 1")
    with Pool(workers + 1) as pool:
        return pool.map(count, limits, 1)
