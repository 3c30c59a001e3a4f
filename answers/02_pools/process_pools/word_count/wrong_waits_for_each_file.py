"""Waits for the counts of each file before it hands in the next one.

Misconception: M2
Fails word_count-in_workers: one after the other
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor


def count(path):
    with open(path, encoding="utf-8") as file:
        return Counter(file.read().lower().split())


def word_count(paths, workers):
    total = Counter()
    with ProcessPoolExecutor(workers) as pool:
        for path in paths:
            total += pool.submit(count, path).result()
    return total
