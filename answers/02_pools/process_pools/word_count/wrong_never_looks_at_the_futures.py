"""Collects the counts by callbacks that pass over the futures with an exception.

Misconception: M4, M8
Fails word_count-errors: OSError reaches the caller
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor


def count(path):
    with open(path, encoding="utf-8") as file:
        return Counter(file.read().lower().split())


def word_count(paths, workers):
    total = Counter()

    def add(future):
        if not future.exception():
            total.update(future.result())

    with ProcessPoolExecutor(workers) as pool:
        for path in paths:
            pool.submit(count, path).add_done_callback(add)
    return total
