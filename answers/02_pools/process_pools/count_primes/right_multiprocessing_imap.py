"""Uses `multiprocessing.Pool` and `imap_unordered`; each job knows its index. The pool is closed and joined."""

import multiprocessing


def numbered(job):
    index, limit = job
    return index, sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def count_primes(limits, workers):
    pool = multiprocessing.Pool(processes=workers)
    counts = dict(pool.imap_unordered(numbered, enumerate(limits)))
    pool.close()
    pool.join()
    return [counts[index] for index in range(len(limits))]
