"""Sends an object that can be called, with a table of small primes in it, and has a guard for a script."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass


@dataclass(frozen=True)
class Counter:
    small: tuple[int, ...] = (2, 3, 5, 7)

    def __call__(self, limit):
        return sum(self.is_prime(n) for n in range(2, limit))

    def is_prime(self, n):
        if n in self.small:
            return True
        return all(n % p for p in self.small) and all(n % d for d in range(11, int(n**0.5) + 1, 2))


def count_primes(limits, workers):
    count = Counter()
    with ProcessPoolExecutor(workers) as pool:
        return [*pool.map(count, limits)]


if __name__ == "__main__":
    print(count_primes([10, 100], 2))
