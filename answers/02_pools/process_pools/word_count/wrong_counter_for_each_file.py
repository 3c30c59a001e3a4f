"""Returns a counter for each file.

Misconception: map without reduce
Fails word_count-counts: returned [Counter({'the': 2, 'cat': 1, 'end': 1}), Counter({'the': 1, 'dog,': 1})]
Fails word_count-arguments: returned []
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor


def count(path):
    with open(path, encoding="utf-8") as file:
        return Counter(file.read().lower().split())


def word_count(paths, workers):
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(count, paths))
