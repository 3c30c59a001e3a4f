"""Passes over the files that cannot be read.

Misconception: M4
Fails word_count-errors: OSError reaches the caller
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor


def count(path):
    try:
        with open(path, encoding="utf-8") as file:
            return Counter(file.read().lower().split())
    except Exception as error:
        print(error)
        return Counter()


def word_count(paths, workers):
    with ProcessPoolExecutor(workers) as pool:
        return sum(pool.map(count, paths), Counter())
