"""Makes processes that share a `JoinableQueue`, waits until every item is done, and then ends them."""

import multiprocessing


def work(jobs, counts):
    while True:
        index, limit = jobs.get()
        counts[index] = sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))
        jobs.task_done()


def count_primes(limits, workers):
    if workers < 1:
        raise ValueError("workers must be at least 1")
    jobs = multiprocessing.JoinableQueue()
    counts = multiprocessing.Array("q", len(limits))
    processes = [multiprocessing.Process(target=work, args=(jobs, counts)) for _ in range(workers)]
    for process in processes:
        process.start()
    for job in enumerate(limits):
        jobs.put(job)
    jobs.join()
    for process in processes:
        process.terminate()
        process.join()
    jobs.close()
    jobs.join_thread()
    return counts[:]
