"""The workers write the counts into an array in shared memory, which they get when they start."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor


def start(array):
    global shared
    shared = array


def count_into(index, limit):
    shared[index] = sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def count_primes(limits, workers):
    counts = multiprocessing.Array("q", len(limits))
    with ProcessPoolExecutor(workers, initializer=start, initargs=(counts,)) as pool:
        for done in pool.map(count_into, range(len(limits)), limits):
            assert done is None
    return list(counts)
