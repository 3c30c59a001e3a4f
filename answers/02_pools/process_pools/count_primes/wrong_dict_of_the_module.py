"""Has processes of its own write into a dict of the module, of which each has a copy.

Misconception: M11
Fails count_primes-counts: returned [0, 0, 0, 0, 0, 0]
"""

import multiprocessing

counts = {}


def work(jobs):
    for index, limit in iter(jobs.get, None):
        counts[index] = sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def count_primes(limits, workers):
    if workers < 1:
        raise ValueError("workers must be at least 1")
    jobs = multiprocessing.Queue()
    processes = [multiprocessing.Process(target=work, args=(jobs,)) for _ in range(workers)]
    for process in processes:
        process.start()
    for job in [*enumerate(limits), *[None] * workers]:
        jobs.put(job)
    for process in processes:
        process.join()
    return [counts.get(index, 0) for index in range(len(limits))]
