"""Never tells its own processes to end: as daemons they are to go when the caller goes.

Misconception: M24
Fails count_primes-nothing_left: child processes behind
"""

from multiprocessing import Process, SimpleQueue


def work(jobs, results):
    while True:
        index, limit = jobs.get()
        results.put((index, sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))))


def count_primes(limits, workers):
    if workers < 1:
        raise ValueError("workers must be at least 1")
    jobs, results = SimpleQueue(), SimpleQueue()
    for _ in range(workers):
        Process(target=work, args=(jobs, results), daemon=True).start()
    for job in enumerate(limits):
        jobs.put(job)
    counts = dict(results.get() for _ in limits)
    return [counts[index] for index in range(len(limits))]
