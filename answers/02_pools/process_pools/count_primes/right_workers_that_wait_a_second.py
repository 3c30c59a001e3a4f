"""Workers that end when no limit has come for a second, and a caller that looks at them now and then."""

from multiprocessing import Process, Queue
from queue import Empty


def work(jobs, results):
    try:
        while True:
            index, limit = jobs.get(timeout=1)
            results.put((index, sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))))
    except Empty:
        return


def count_primes(limits, workers):
    if workers < 1:
        raise ValueError("workers must be at least 1")
    jobs, results, counts = Queue(), Queue(), {}
    for job in enumerate(limits):
        jobs.put(job)
    processes = [Process(target=work, args=(jobs, results)) for _ in range(workers)]
    for process in processes:
        process.start()
    while len(counts) < len(limits):
        try:
            index, count = results.get(timeout=2)
        except Empty:
            continue
        counts[index] = count
    for process in processes:
        process.join(timeout=10)
    return [counts[index] for index in range(len(limits))]
