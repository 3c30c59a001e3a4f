"""Defines the function only where the file is run as a program.

Misconception: M10
Fails count_primes-counts: is not defined in primes.py
Fails count_primes-in_workers: is not defined in primes.py
Fails count_primes-nothing_left: is not defined in primes.py
Fails count_primes-arguments: is not defined in primes.py
"""

from concurrent.futures import ProcessPoolExecutor


def count(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


if __name__ == "__main__":

    def count_primes(limits, workers):
        with ProcessPoolExecutor(workers) as pool:
            return list(pool.map(count, limits))
