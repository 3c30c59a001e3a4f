"""Reads the whole of `map` inside the `with` block."""

from concurrent.futures import ProcessPoolExecutor


def is_prime(n):
    if n < 2:
        return False
    divisor = 2
    while divisor * divisor <= n:
        if n % divisor == 0:
            return False
        divisor += 1
    return True


def count_below(limit):
    return len([n for n in range(limit) if is_prime(n)])


def count_primes(limits, workers):
    with ProcessPoolExecutor(max_workers=workers) as pool:
        return [count for count in pool.map(count_below, limits, chunksize=1)]
