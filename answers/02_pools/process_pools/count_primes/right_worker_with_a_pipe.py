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
    busy = []
    for pipe in pipes:
        job = next(jobs, None)
        pipe.send(job)
        if job is not None:
            busy.append(pipe)
    while busy:
        for pipe in wait(busy):
            index, count = pipe.recv()
            counts[index] = count
            job = next(jobs, None)
            pipe.send(job)
            if job is None:
                busy.remove(pipe)
    for process in processes:
        process.join()
    return counts
