"""The workers write the counts into a dict of a manager, by index."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Manager


def count_into(counts, index, limit):
    counts[index] = sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def count_primes(limits, workers):
    with Manager() as manager, ProcessPoolExecutor(workers) as pool:
        counts = manager.dict()
        futures = [pool.submit(count_into, counts, *job) for job in enumerate(limits)]
        for future in futures:
            future.result()
        return [counts[index] for index in range(len(limits))]
