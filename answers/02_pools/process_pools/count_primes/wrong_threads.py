"""Counts in threads, which are all in the calling process.

Misconception: threads compute on several cores
Fails count_primes-in_workers: no worker process ever received one of the inputs
"""

from concurrent.futures import ThreadPoolExecutor


def count(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def count_primes(limits, workers):
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(count, limits))
