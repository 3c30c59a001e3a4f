"""Takes the counts as they come and puts each into its place."""

from concurrent.futures import ProcessPoolExecutor, as_completed


def count_below(limit):
    primes = []
    for n in range(2, limit):
        if all(n % prime for prime in primes):
            primes.append(n)
    return len(primes)


def count_primes(limits, workers):
    counts = [0] * len(limits)
    with ProcessPoolExecutor(workers) as pool:
        index = {pool.submit(count_below, limit): i for i, limit in enumerate(limits)}
        for future in as_completed(index):
            counts[index[future]] = future.result()
    return counts
