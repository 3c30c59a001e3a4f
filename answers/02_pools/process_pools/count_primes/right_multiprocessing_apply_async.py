"""Uses `multiprocessing.Pool` and `apply_async`, and asks the results for their values with `get`."""

import multiprocessing as mp


def count_below(limit):
    count = 0
    for n in range(2, limit):
        for divisor in range(2, n):
            if n % divisor == 0:
                break
        else:
            count += 1
    return count


def count_primes(limits, workers):
    with mp.Pool(workers) as pool:
        handles = [pool.apply_async(count_below, (limit,)) for limit in limits]
        return [handle.get() for handle in handles]
