"""Takes a bad number of workers for 1.

Misconception: a bad argument is repaired in silence
Fails word_count-arguments: expected:  started: nothing
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor


def count(path):
    with open(path, encoding="utf-8") as file:
        return Counter(file.read().lower().split())


def word_count(paths, workers):
    with ProcessPoolExecutor(max(1, workers)) as pool:
        return sum(pool.map(count, paths), Counter())
