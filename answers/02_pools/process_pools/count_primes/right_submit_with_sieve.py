"""Hands each limit in by `submit`; the workers sieve."""

from concurrent.futures import ProcessPoolExecutor


def sieve(limit):
    prime = bytearray([1]) * max(limit, 2)
    prime[0] = prime[1] = 0
    for n in range(2, int(limit**0.5) + 1):
        if prime[n]:
            prime[n * n :: n] = bytes(len(range(n * n, len(prime), n)))
    return sum(prime[:limit])


def count_primes(limits, workers):
    with ProcessPoolExecutor(workers) as pool:
        futures = [pool.submit(sieve, limit) for limit in limits]
    return [future.result() for future in futures]
