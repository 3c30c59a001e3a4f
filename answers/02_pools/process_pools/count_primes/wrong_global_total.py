"""Sets a global variable in the workers and reads it in the caller.

Misconception: M11
Fails count_primes-counts: returned [None, None, None, None, None, None]
"""

from multiprocessing import Pool

result = None


def count(limit):
    global result
    result = sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def count_primes(limits, workers):
    results = []
    with Pool(workers) as pool:
        for _ in pool.imap(count, limits):
            results.append(result)
    return results
