"""Uses `map_async` of `multiprocessing.Pool`, closes the pool and joins it."""

import multiprocessing
from collections import Counter


def count(path):
    counts = {}
    with open(path, "rb") as file:
        for word in file.read().decode("utf-8").lower().split():
            counts[word] = counts.get(word, 0) + 1
    return list(counts.items())


def word_count(paths, workers):
    pool = multiprocessing.Pool(workers)
    handle = pool.map_async(count, paths, chunksize=1)
    pool.close()
    pool.join()
    total = Counter()
    for pairs in handle.get():
        for word, number in pairs:
            total[word] += number
    return total
