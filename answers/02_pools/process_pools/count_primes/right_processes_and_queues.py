"""Makes `workers` processes of its own, which take numbered limits from one queue and put counts into another."""

import multiprocessing


def is_prime(n):
    return n > 1 and all(n % d for d in range(2, int(n**0.5) + 1))


def work(jobs, results):
    for index, limit in iter(jobs.get, None):
        results.put((index, sum(map(is_prime, range(limit)))))


def count_primes(limits, workers):
    if workers < 1:
        raise ValueError("at least one worker is needed")
    jobs, results = multiprocessing.Queue(), multiprocessing.Queue()
    processes = [multiprocessing.Process(target=work, args=(jobs, results)) for _ in range(workers)]
    for process in processes:
        process.start()
    for job in enumerate(limits):
        jobs.put(job)
    for _ in processes:
        jobs.put(None)
    counts = dict(results.get() for _ in limits)
    for process in processes:
        process.join()
    return [counts[index] for index in range(len(limits))]
