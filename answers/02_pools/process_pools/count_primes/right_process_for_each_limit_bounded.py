"""Starts a process with a pipe for each limit, but never has more than `workers` of them at the same time."""

from multiprocessing import Pipe, Process
from multiprocessing.connection import wait


def is_prime(n):
    return n > 1 and all(n % d for d in range(2, int(n**0.5) + 1))


def work(connection, limit):
    connection.send(sum(map(is_prime, range(limit))))
    connection.close()


def count_primes(limits, workers):
    if workers < 1:
        raise ValueError("workers must be 1 or more")
    counts = {}
    running = {}
    waiting = list(enumerate(limits))
    while waiting or running:
        while waiting and len(running) < workers:
            index, limit = waiting.pop(0)
            ours, theirs = Pipe(duplex=False)
            process = Process(target=work, args=(theirs, limit))
            process.start()
            theirs.close()
            running[ours] = index, process
        for ours in wait(list(running)):
            index, process = running.pop(ours)
            counts[index] = ours.recv()
            ours.close()
            process.join()
    return [counts[index] for index in sorted(counts)]
