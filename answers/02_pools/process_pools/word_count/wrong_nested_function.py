"""Gives a function to the pool that is defined inside another one.

Misconception: M10
Fails word_count-counts: finds a function by its module and name
Fails word_count-in_workers: finds a function by its module and name
Fails word_count-counts_back: finds a function by its module and name
Fails word_count-errors: finds a function by its module and name
Fails word_count-arguments: finds a function by its module and name
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor


def word_count(paths, workers):
    def count(path):
        with open(path, encoding="utf-8") as file:
            return Counter(file.read().lower().split())

    with ProcessPoolExecutor(workers) as pool:
        return sum(pool.map(count, paths), Counter())
