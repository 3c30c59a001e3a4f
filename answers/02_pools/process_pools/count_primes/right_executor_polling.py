"""Looks again and again whether all are done."""

import time
from concurrent.futures import ProcessPoolExecutor


def count_below(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def count_primes(limits, workers):
    with ProcessPoolExecutor(workers) as pool:
        futures = [pool.submit(count_below, limit) for limit in limits]
        while not all(future.done() for future in futures):
            time.sleep(0.01)
        return [future.result() for future in futures]
