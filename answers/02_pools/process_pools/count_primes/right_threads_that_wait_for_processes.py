"""Has a thread for each worker, which starts a process for one limit after the other and waits for it."""

from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Pipe, Process


def count(limit, pipe):
    pipe.send(sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit)))


def run(limit):
    ours, theirs = Pipe(duplex=False)
    process = Process(target=count, args=(limit, theirs))
    process.start()
    result = ours.recv()
    process.join()
    return result


def count_primes(limits, workers):
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(run, limits))
