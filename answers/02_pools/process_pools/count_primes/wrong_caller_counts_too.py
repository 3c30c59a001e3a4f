"""Lets the caller count the first limit itself, as one more worker.

Misconception: the caller is a worker like the others
Fails count_primes-in_workers: no worker process received 30
"""

from concurrent.futures import ProcessPoolExecutor


def count(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def count_primes(limits, workers):
    with ProcessPoolExecutor(workers) as pool:
        others = [pool.submit(count, limit) for limit in limits[1:]]
        return [count(limit) for limit in limits[:1]] + [future.result() for future in others]
