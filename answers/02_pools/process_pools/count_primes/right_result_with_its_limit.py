"""Sends each count back together with its limit."""

from concurrent.futures import ProcessPoolExecutor, as_completed


def count(limit):
    return limit, sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def count_primes(limits, workers):
    with ProcessPoolExecutor(workers) as pool:
        counts = dict(future.result() for future in as_completed([pool.submit(count, limit) for limit in limits]))
    return [counts[limit] for limit in limits]
