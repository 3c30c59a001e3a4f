"""Keeps its pool for ever.

Misconception: M3
Fails word_count-in_workers: child processes behind
Fails word_count-errors: child processes behind
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor

pools = []


def count(path):
    with open(path, encoding="utf-8") as file:
        return Counter(file.read().lower().split())


def word_count(paths, workers):
    pools.append(ProcessPoolExecutor(workers))
    return sum(pools[-1].map(count, paths), Counter())
