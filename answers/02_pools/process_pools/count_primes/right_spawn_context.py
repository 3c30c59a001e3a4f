"""Chooses how the processes start, and has each of them do a single job."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor


def count_below(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def count_primes(limits, workers):
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, max_tasks_per_child=1) as pool:
        return list(pool.map(count_below, limits))
