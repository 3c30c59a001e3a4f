"""Checks its arguments by itself and shuts the pool down in `finally`; `partial` names the function to be counted by."""

import functools
from concurrent.futures import ProcessPoolExecutor, wait


def count_if(test, limit):
    return sum(map(test, range(limit)))


def is_prime(n):
    return n > 1 and not any(n % d == 0 for d in range(2, n))


def count_primes(limits, workers):
    if workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
    pool = ProcessPoolExecutor(workers)
    try:
        futures = [pool.submit(functools.partial(count_if, is_prime), limit) for limit in limits]
        wait(futures)
        return [future.result() for future in futures]
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
