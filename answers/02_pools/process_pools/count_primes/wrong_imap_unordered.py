"""Takes `imap_unordered` for a faster `imap`.

Misconception: M6
Fails count_primes-counts: returned [4, 0, 25, 1, 0, 10]
"""

from multiprocessing import Pool


def count(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def count_primes(limits, workers):
    with Pool(workers) as pool:
        return list(pool.imap_unordered(count, limits))
