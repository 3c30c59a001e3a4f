"""The workers take the limits from a queue of a manager and put the counts into another one."""

from multiprocessing import Manager, Process


def work(jobs, results):
    while (job := jobs.get()) is not None:
        index, limit = job
        results.put((index, sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))))


def count_primes(limits, workers):
    if workers < 1:
        raise ValueError("workers must be at least 1")
    with Manager() as manager:
        jobs, results = manager.Queue(), manager.Queue()
        processes = [Process(target=work, args=(jobs, results)) for _ in range(workers)]
        for process in processes:
            process.start()
        for job in [*enumerate(limits), *[None] * workers]:
            jobs.put(job)
        for process in processes:
            process.join()
        counts = dict(results.get() for _ in limits)
    return [counts[index] for index in range(len(limits))]
