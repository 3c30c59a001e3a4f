"""Shuts the pool down at the end, which is never reached when a file cannot be read.

Misconception: M15
Fails word_count-errors: Who shuts the pool down when a job has failed?
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor

pools = []


def count(path):
    with open(path, encoding="utf-8") as file:
        return Counter(file.read().lower().split())


def word_count(paths, workers):
    pool = ProcessPoolExecutor(workers)
    pools.append(pool)
    total = sum(pool.map(count, paths), Counter())
    pool.shutdown()
    return total
