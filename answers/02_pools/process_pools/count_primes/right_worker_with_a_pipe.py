"""Talks to each of its workers through a pipe, and sends the next limit to the one that has answered."""

from multiprocessing import Pipe, Process
from multiprocessing.connection import wait


def is_prime(n):
    return n > 1 and all(n % d for d in range(2, int(n**0.5) + 1))


def serve(pipe):
    while (job := pipe.recv()) is not None:
        index, limit = job
        pipe.send((index, sum(map(is_prime, range(limit)))))


def count_primes(limits, workers):
    if workers < 1:
        raise ValueError("no workers")
    counts = [None] * len(limits)
    jobs = iter(enumerate(limits))
    pipes, processes = [], []
    for _ in range(workers):
        ours, theirs = Pipe()
        processes.append(Process(target=serve, args=(theirs,), daemon=True))
        processes[-1].start()
        pipes.append(ours)
    for pipe in pipes:
        pipe.send(next(jobs, None))
    missing = len(limits)
    while missing:
        for pipe in wait(pipes):
            index, count = pipe.recv()
            counts[index] = count
            missing -= 1
            pipe.send(next(jobs, None))
            if missing == 0:
                break
    for process in processes:
        process.join()
    return counts
