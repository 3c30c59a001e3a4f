"""Keeps its pool for ever.

Misconception: M3
Fails word_count-in_workers: Who shuts the pool down and waits for it?
Fails word_count-errors: Who shuts the pool down when a job has failed?
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
