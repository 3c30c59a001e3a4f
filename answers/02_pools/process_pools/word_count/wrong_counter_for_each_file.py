"""Returns a counter for each file.

Misconception: map without reduce
Fails word_count-counts: str
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor


def count(path):
    with open(path, encoding="utf-8") as file:
        return Counter(file.read().lower().split())


def word_count(paths, workers):
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(count, paths))
